import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { NodectlError } from '../errors.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { consensusNames, isNodeName, partNames } from '../node/names.ts';
import { presentSpec } from '../node/present.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { findNode } from './find-node.ts';

/** One container that is to be diagnosed. */
export interface CaseSubject {
  /** Null for a container that nodectl did not make. */
  readonly node: string | null;
  readonly role: CaseEvidence['role'];
  readonly container: ObservedContainer;
  /** The whole node's, as it is now. */
  readonly spec: NodeSpec | null;
}

/** A node's containers, geth's or the light client's first. NO_SUCH_NODE, also where only volumes are left, and NAME_TAKEN. */
export async function subjectsOfNode(node: string, engine: Engine): Promise<readonly CaseSubject[]> {
  const { container, consensus } = await findNode(node, engine);
  const parts = [container, consensus].flatMap((part) => part ?? []);
  const spec = presentSpec(container, consensus) ?? null;
  if (parts.length > 0) return parts.map((part) => ({ node, role: roleOf(part), container: part, spec }));
  throw new NodectlError('NO_SUCH_NODE', `Of the node "${node}" no container is left that could tell how it ended.`, {
    hint: `Bring it back with \`nodectl up --name ${node}\`.`,
  });
}

/** A container of whoever, by its name or id; one of nodectl's is known as such. NO_SUCH_NODE without it. */
export async function subjectOfContainer(name: string, engine: Engine): Promise<CaseSubject> {
  const container = await engine.inspect(name);
  if (container === undefined) {
    throw new NodectlError('NO_SUCH_NODE', `There is no container ${JSON.stringify(name)} on this engine.`, {
      hint: 'See `docker ps --all`; of a container that was removed nothing is left to read.',
    });
  }
  const node = nodeOf(container);
  const own = node === null ? [] : await subjectsOfNode(node, engine);
  return (
    own.find((subject) => subject.container.id === container.id) ?? {
      node: null,
      role: 'execution',
      container,
      spec: null,
    }
  );
}

function nodeOf({ name, labels }: ObservedContainer): string | null {
  const node = labels[LABEL_NODE];
  if (node === undefined || !isNodeName(node)) return null;
  return [partNames(node).container, consensusNames(node).container].includes(name) ? node : null;
}

function roleOf({ labels }: ObservedContainer): CaseEvidence['role'] {
  const role = labels[LABEL_ROLE];
  return role === 'consensus' || role === 'light' ? role : 'execution';
}
