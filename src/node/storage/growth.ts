import type { Point } from '../sync/rate.ts';

const DAY = 86_400_000;

/** Looks that are nearer than this to each other tell nothing of a day. */
export const LEAST_SPAN_MS = DAY / 4;
/** What was longer ago says little of the growth now. */
const MOST_SPAN_MS = 14 * DAY;
/** A chain that lost so much at once was pruned or begun anew: compactions give back less. */
const PRUNED = 0.2;

/** By how much something grew, and what says so. */
export interface Growth {
  /** Negative where it shrank. */
  readonly bytesPerDay: number;
  /** From the first look that counts to the last. */
  readonly overMs: number;
  readonly looks: number;
}

/** The growth of bytes by what was seen of them at several instants up to `now`; null where these are too few or too near. */
export function growthOf(seen: readonly Point[], now: number): Growth | null {
  const points = sinceLastPrune(
    seen.filter(({ time }) => time <= now && now - time <= MOST_SPAN_MS).sort((one, other) => one.time - other.time),
  );
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const overMs = last.time - first.time;
  if (overMs < LEAST_SPAN_MS) return null;
  // By time and not by number: somebody may have looked a hundred times in one hour.
  const early = middle(points.filter(({ time }) => time - first.time <= overMs / 4));
  const late = middle(points.filter(({ time }) => last.time - time <= overMs / 4));
  return { bytesPerDay: Math.round(((late.value - early.value) / (late.time - early.time)) * DAY), overMs, looks: points.length };
}

function sinceLastPrune(points: readonly Point[]): readonly Point[] {
  const pruned = points.findLastIndex(({ value }, index) => value < (points[index - 1]?.value ?? 0) * (1 - PRUNED));
  return points.slice(Math.max(0, pruned));
}

function middle(points: readonly Point[]): Point {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { time: mean(({ time }) => time), value: mean(({ value }) => value) };
}
