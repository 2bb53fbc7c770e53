import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames, partNames } from '../node/names.ts';
import type { Engine, LogLine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';

export interface LogsRequest {
  readonly node?: string | undefined;
  /** The log of the consensus client in place of geth's. */
  readonly consensus: boolean;
  readonly follow: boolean;
  readonly tail?: number | undefined;
  /** From an instant on, or from so many ms ago. */
  readonly since?: { readonly at: number } | { readonly ago: number } | undefined;
}

/** The output of one part of a node line by line; following ends with the container or with the interruption. NO_SUCH_NODE, NODE_AMBIGUOUS. */
export async function* nodeLogs(request: LogsRequest, world: World): AsyncGenerator<LogLine> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const container = await engine.inspect(request.consensus ? consensusNames(node).container : partNames(node).container);
  if (container === undefined) throw request.consensus ? await noConsensus(node, engine) : await noSuchNode(node, engine);
  if (container.labels[LABEL_NODE] !== node) {
    throw new NodectlError('NAME_TAKEN', `The container ${container.name} is not nodectl's.`, {
      hint: `Use docker logs ${container.name}.`,
    });
  }
  const { since } = request;
  yield* engine.logs(container.id, {
    follow: request.follow,
    tail: request.tail,
    since: since === undefined ? undefined : 'at' in since ? since.at : world.clock.now() - since.ago,
    signal: world.signal,
  });
}

async function noConsensus(node: string, engine: Engine): Promise<NodectlError> {
  await findNode(node, engine);
  return new NodectlError('NO_SUCH_NODE', `${node} has no container of a consensus client.`, {
    hint: `See what it has with \`nodectl inspect ${node}\`; the log of geth: \`nodectl logs ${node}\`.`,
  });
}
