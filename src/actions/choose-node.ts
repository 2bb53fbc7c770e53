import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { parseNodeName } from '../node/names.ts';
import type { Engine } from '../ports/engine.ts';

/**
 * The name of the node a command is for. A given name is only checked for its form (INVALID_NAME), without asking the
 * engine; left out, the engine must know exactly one node: NO_SUCH_NODE without any, NODE_AMBIGUOUS with several.
 */
export async function chooseNode(name: string | undefined, engine: Engine): Promise<string> {
  if (name !== undefined) return parseNodeName(name);
  const names = await knownNodes(engine);
  const [only, ...others] = names;
  if (only === undefined) throw new NodectlError('NO_SUCH_NODE', 'There is no node yet.', { hint: 'Make one with `nodectl up`.' });
  if (others.length > 0) {
    throw new NodectlError('NODE_AMBIGUOUS', `There are ${names.length} nodes.`, { hint: `Name one: ${names.join(', ')}.` });
  }
  return only;
}

/** The error for a name that the engine has no node for, with the names it does have. */
export async function noSuchNode(name: string, engine: Engine): Promise<NodectlError> {
  const names = await knownNodes(engine);
  const hint = names.length === 0 ? `Make it with \`nodectl up --name ${name}\`.` : `Known nodes: ${names.join(', ')}.`;
  return new NodectlError('NO_SUCH_NODE', `There is no node "${name}".`, { hint });
}

async function knownNodes(engine: Engine): Promise<readonly string[]> {
  const containers = await engine.list();
  const names = containers.flatMap((container) => container.labels[LABEL_NODE] ?? []);
  return [...new Set(names)].sort();
}
