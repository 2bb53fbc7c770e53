import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** How much of a log is read: its last `lines` at most, of the last `ms`. */
export interface LogWindow {
  readonly lines: number;
  readonly ms: number;
}

/** A consensus client's: who is in trouble repeats itself in every slot. */
export const CLIENT_LOG: LogWindow = { lines: 100, ms: 60_000 };
/** geth's: a client whose blocks it refuses comes back with the next batch after a minute or more (Prysm 7.0.0). */
export const GETH_LOG: LogWindow = { lines: 500, ms: 5 * 60_000 };

/** A container's latest log lines of its present run; none where they do not come by the deadline. */
export async function latestLines(
  container: ObservedContainer,
  window: LogWindow,
  deadline: number,
  engine: Engine,
  clock: Clock,
): Promise<readonly string[]> {
  const read = async () => {
    const lines: string[] = [];
    const since = Math.max(container.startedAt, clock.now() - window.ms);
    for await (const { text } of engine.logs(container.name, { tail: window.lines, since })) lines.push(text);
    return lines;
  };
  const found = await withinDeadline(read(), deadline, clock).catch(() => 'late' as const);
  return found === 'late' ? [] : found.value;
}
