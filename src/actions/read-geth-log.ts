import { LINES_FRESH, type LoggedLine } from '../node/sync/judge-lines.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { latestLines } from './latest-lines.ts';

/** A geth in trouble says little, but each question of a poll that it has no answer to; one that syncs repeats itself. */
const GETH_LOG = { lines: 500, ms: LINES_FRESH } as const;
/** What a run said last is as good as new after it. */
const ENDED_LOG = { ...GETH_LOG, ms: Number.POSITIVE_INFINITY } as const;

/** geth's latest lines of its present run, or the last ones of the run that ended, oldest first; none where they do not come by the deadline (an instant). */
export function readGethLog(container: ObservedContainer, deadline: number, engine: Engine, clock: Clock): Promise<readonly LoggedLine[]> {
  return latestLines(container, container.state === 'running' ? GETH_LOG : ENDED_LOG, deadline, engine, clock);
}
