import type { Run } from '../diagnosis/evidence.ts';
import { GIB, MIB } from '../node/size.ts';
import type { ObservedContainer } from '../ports/containers.ts';

/** A container that lived no longer than this before a run has said little before it. */
const SOON_MS = 60_000;

/** The engine reads this much in less time than is given to it. */
const SMALL = 100 * MIB;

const FACTORS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: MIB, g: GIB };

/**
 * Whether a run's first lines stand near the beginning of its container's log. Asked for lines since an instant, the engine reads the
 * log from its beginning, and does not stop when nobody waits any more.
 */
export function logBeginsNear({ createdAt, log }: ObservedContainer, run: Run): boolean {
  return run.startedAt - createdAt < SOON_MS || sizeBound(log) <= SMALL;
}

/** The most that is kept of a log, bytes. */
function sizeBound({ driver, options }: ObservedContainer['log']): number {
  const isLocal = driver === 'local';
  const [whole, number, unit = ''] = /^(\d+(?:\.\d+)?)([bkmg]?)/i.exec(options['max-size'] ?? (isLocal ? '20m' : '')) ?? [];
  if (whole === undefined) return Number.POSITIVE_INFINITY;
  return Number(number) * (FACTORS[unit.toLowerCase()] ?? 1) * Number(options['max-file'] ?? (isLocal ? 5 : 1));
}
