import { NodectlError } from '../errors.ts';
import { presentSpec } from '../node/present.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';

/** A running node that can have peers. */
export interface PeeredNode {
  readonly node: string;
  readonly container: ObservedContainer;
  readonly spec: NodeSpec;
}

/** The node a question about peers is for. NO_SUCH_NODE, NODE_AMBIGUOUS, UNSUPPORTED_OPTION for a network without peers, NODE_NOT_RUNNING. */
export async function peeredNode(name: string | undefined, engine: Engine): Promise<PeeredNode> {
  const node = await chooseNode(name, engine);
  const { container } = await findNode(node, engine);
  const spec = presentSpec(container);
  if (container === undefined) {
    throw new NodectlError('NODE_NOT_RUNNING', `${node} has no container.`, { hint: `Bring it back with \`nodectl up --name ${node}\`.` });
  }
  if (spec === undefined) throw await noSuchNode(node, engine);
  if (spec.light !== null) {
    throw new NodectlError('UNSUPPORTED_OPTION', `${node} is a light client, which has no peers.`, {
      hint: `It asks servers instead: \`nodectl status ${node}\`.`,
    });
  }
  if (spec.ports.p2p === null && spec.custom?.private === undefined) {
    throw new NodectlError('UNSUPPORTED_OPTION', `A node of ${spec.network} has no peers.`, {
      hint: 'Peers are for public networks and for private chains; see `nodectl profiles ls`.',
    });
  }
  if (container.state !== 'running') {
    throw new NodectlError('NODE_NOT_RUNNING', `${node} is not running (${container.state}).`, {
      hint: `Start it with \`nodectl start ${node}\`.`,
    });
  }
  return { node, container, spec };
}
