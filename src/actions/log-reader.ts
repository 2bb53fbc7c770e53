import type { LoggedLine } from '../node/sync/judge-lines.ts';
import { readGethLog } from './read-geth-log.ts';

/** Whoever looks oftener than this reads nothing new; a stop has to be seen at once. */
const PACE_MS = 1_000;

/** Reads geth's log for who looks often: what was read a moment ago of the same run is as good as new. */
export function pacedLogReader(): typeof readGethLog {
  let lines: readonly LoggedLine[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let run = '';
  return async (container, deadline, engine, clock) => {
    const now = clock.now();
    const asked = `${container.id} ${container.startedAt} ${container.state}`;
    if (asked === run && now >= readAt && now - readAt < PACE_MS) return lines;
    const found = await readGethLog(container, deadline, engine, clock);
    [lines, readAt, run] = [found, clock.now(), asked];
    return found;
  };
}
