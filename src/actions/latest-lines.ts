import type { LoggedLine } from '../node/sync/judge-lines.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** How much of a log is read: its last `lines` at most, of the last `ms`. */
export interface LogWindow {
  readonly lines: number;
  readonly ms: number;
}

/** A container's latest log lines of its present run, oldest first; none where they do not come by the deadline. */
export async function latestLines(
  container: ObservedContainer,
  window: LogWindow,
  deadline: number,
  engine: Engine,
  clock: Clock,
): Promise<readonly LoggedLine[]> {
  const read = async () => {
    const lines: LoggedLine[] = [];
    const since = Math.max(container.startedAt, clock.now() - window.ms);
    for await (const { time, text } of engine.logs(container.name, { tail: window.lines, since })) {
      lines.push({ time: Date.parse(time), text });
    }
    return lines;
  };
  const found = await withinDeadline(read(), deadline, clock).catch(() => 'late' as const);
  return found === 'late' ? [] : found.value;
}
