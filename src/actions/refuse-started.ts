import { NodectlError } from '../errors.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { isUp } from './stop-with-progress.ts';

/** CONVERGENCE_FAILED when one of a node's stopped containers was started since it was seen: its files are no longer what was read. */
export async function refuseStarted(
  { container, consensus }: Pick<ObservedNode, 'container' | 'consensus'>,
  lost: string,
  engine: Engine,
): Promise<void> {
  for (const before of [container, consensus]) {
    const now = before && (await engine.inspect(before.name));
    if (now === undefined || (!isUp(now) && now.startedAt === before?.startedAt)) continue;
    throw new NodectlError('CONVERGENCE_FAILED', `${now.name} was started meanwhile; ${lost}.`);
  }
}
