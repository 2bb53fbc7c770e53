import { killedInside } from './kernel/container-cgroup.ts';
import type { KernelRecord, OomKill } from './kernel/kernel-record.ts';
import type { KnownRun } from './known-runs.ts';

/** The kernel's clock and the engine's are this far apart at most, and an end follows a kill by as much. */
const APART_MS = 10_000;
const SIGKILLED = 137;

/**
 * The kernel's records without the kills that another run of the same container died of: a container that is started again at once has
 * the same cgroup path, and the records' times are not exact.
 */
export function kernelOfRun(records: readonly KernelRecord[], known: KnownRun, runs: readonly KnownRun[]): readonly KernelRecord[] {
  const others = runs.filter((run) => run !== known && run.containerId === known.containerId);
  if (others.length === 0) return records;
  return records.filter((record) => record.kind !== 'oom-kill' || !isOfAnother(record, known, others));
}

function isOfAnother(kill: OomKill, known: KnownRun, others: readonly KnownRun[]): boolean {
  if (!killedInside(kill, known.containerId, known.run.pid)) {
    return kill.victimCgroup === '' && others.some(({ run }) => run.pid === kill.pid);
  }
  if (known.run.pid === kill.pid) return false;
  if (others.some(({ run }) => run.pid === kill.pid)) return true;
  const own = distance(kill, known);
  return others.some((other) => distance(kill, other) < own);
}

/** How far a kill is from the end that it may have caused; a run that goes on, or ended otherwise, may have seen it all the same. */
function distance({ at }: OomKill, { run: { startedAt, endedAt, exitCode } }: KnownRun): number {
  const end = endedAt ?? Number.POSITIVE_INFINITY;
  if ((exitCode === SIGKILLED || exitCode === null) && Math.abs(at - end) <= APART_MS) return Math.abs(at - end);
  const outside = at < startedAt ? startedAt - at : at > end ? at - end : 0;
  return APART_MS + outside;
}
