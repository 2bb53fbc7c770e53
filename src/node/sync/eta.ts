import type { Progress } from './progress.ts';
import { directionOf, type Point, rateOf } from './rate.ts';

/** The time to the end of a phase in milliseconds, or why nobody can tell it. */
export type Eta = { readonly ms: number } | { readonly none: string };

/** Beyond a year a number means nothing. */
const LONGEST_MS = 365 * 24 * 3_600_000;

/** What is left of a phase as a number that shrinks to 0; undefined where that is not known. */
export function leftOf({ done, total, fraction, unit, phase, pending }: Progress): number | undefined {
  if (phase === 'indexing') return pending ?? undefined;
  if (phase === 'healing' || unit === 'state entries') return undefined;
  if (total !== null) return Math.max(0, total - done);
  return fraction === null ? undefined : 1 - fraction;
}

/**
 * The time to the end of a phase by how fast the rest of it (`left`) shrinks, which counts blocks that the chain gains
 * meanwhile. Healing has none: what is pending leads to more (geth took its own estimate out for that).
 */
export function etaOf(progress: Progress, left: readonly Point[], pending: readonly Point[]): Eta {
  if (leftOf(progress) === undefined) {
    if (progress.pending === null) return { none: 'no estimate: nobody knows how much there is' };
    return { none: `no estimate: pending ${progress.pending}, ${directionOf(pending) ?? 'measuring'}` };
  }
  const rate = rateOf(left);
  if (rate === null) return { none: 'measuring' };
  if (rate >= 0) return { none: 'no estimate: it does not come nearer to its end' };
  const ms = Math.round(((left.at(-1)?.value ?? 0) / -rate) * 1000);
  return ms <= LONGEST_MS ? { ms } : { none: 'no estimate: more than a year at this rate' };
}
