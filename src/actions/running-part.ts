import { NodectlError } from '../errors.ts';
import { presentSpec } from '../node/present.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';

export interface RunningPart {
  readonly node: string;
  readonly container: ObservedContainer;
  /** Of geth's container: what runs in it in geth's place, when that is a light client. */
  readonly isLight: boolean;
}

/**
 * The container of a node's geth, or of the consensus client beside it, that a program can run in. NO_SUCH_NODE, NODE_AMBIGUOUS,
 * NODE_NOT_RUNNING, CONTAINER_PAUSED.
 */
export async function runningPart(name: string | undefined, part: 'execution' | 'consensus', engine: Engine): Promise<RunningPart> {
  const node = await chooseNode(name, engine);
  const found = await findNode(node, engine);
  const container = part === 'execution' ? found.container : found.consensus;
  if (container === undefined && part === 'consensus') {
    throw new NodectlError('NO_SUCH_NODE', `${node} has no container of a consensus client.`, {
      hint: `See what it has with \`nodectl inspect ${node}\`.`,
    });
  }
  if (container === undefined) {
    throw new NodectlError('NODE_NOT_RUNNING', `${node} has no container.`, { hint: `Bring it back with \`nodectl up --name ${node}\`.` });
  }
  if (container.state === 'paused') throw new NodectlError('CONTAINER_PAUSED', `The container ${container.name} is paused.`);
  if (container.state === 'restarting') {
    throw new NodectlError('NODE_NOT_RUNNING', `${node} ends again and again, and is being restarted.`, {
      hint: `See why with \`nodectl logs ${node}\`.`,
    });
  }
  if (container.state !== 'running') {
    throw new NodectlError('NODE_NOT_RUNNING', `${node} is not running (${container.state}).`, {
      hint: `Start it with \`nodectl start ${node}\`.`,
    });
  }
  return { node, container, isLight: part === 'execution' && (presentSpec(container)?.light ?? null) !== null };
}
