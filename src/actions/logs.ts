import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import type { LogLine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';

export interface LogsRequest {
  readonly node?: string | undefined;
  readonly follow: boolean;
  readonly tail?: number | undefined;
  /** From an instant on, or from so many ms ago. */
  readonly since?: { readonly at: number } | { readonly ago: number } | undefined;
}

/** A node's output line by line; following ends with the container or with the interruption. NO_SUCH_NODE, NODE_AMBIGUOUS. */
export async function* nodeLogs(request: LogsRequest, world: World): AsyncGenerator<LogLine> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const container = await engine.inspect(partNames(node).container);
  if (container === undefined) throw await noSuchNode(node, engine);
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
