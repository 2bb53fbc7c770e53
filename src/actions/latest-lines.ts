import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** Lines of the last minute are of now; who is in trouble repeats itself in every slot. */
const LOG = { lines: 100, ms: 60_000 } as const;

/** A container's log lines of the last minute, a hundred at most; none where they do not come by the deadline. */
export async function latestLines(
  container: ObservedContainer,
  deadline: number,
  engine: Engine,
  clock: Clock,
): Promise<readonly string[]> {
  const read = async () => {
    const lines: string[] = [];
    const since = Math.max(container.startedAt, clock.now() - LOG.ms);
    for await (const { text } of engine.logs(container.name, { tail: LOG.lines, since })) lines.push(text);
    return lines;
  };
  const found = await withinDeadline(read(), deadline, clock).catch(() => 'late' as const);
  return found === 'late' ? [] : found.value;
}
