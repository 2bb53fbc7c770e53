/** A measured value at an instant. */
export interface Point {
  readonly time: number;
  readonly value: number;
}

/** Below these a rate says more about chance than about the sync. */
const LEAST_POINTS = 3;
const LEAST_MS = 20_000;
/** Blocks and accounts come in batches: five minutes smooth them, and still show a change. */
const SPAN_MS = 5 * 60_000;
/** However often is sampled, no window holds more. */
export const MOST_POINTS = 60;

/**
 * The window with one more point: those of the last `spanMs`, at most MOST_POINTS, whose last is always the newest. A clock
 * that steps back begins it anew.
 */
export function addPoint(points: readonly Point[], point: Point, spanMs: number = SPAN_MS): readonly Point[] {
  const newest = points.at(-1);
  if (newest === undefined || !(point.time >= newest.time)) return [point];
  const kept = points.filter(({ time }) => time >= point.time - spanMs);
  const before = kept.at(-2);
  // The newest of the kept ones stays only once it is far enough from the one before it.
  const close = before !== undefined && (kept.at(-1)?.time ?? 0) - before.time < spanMs / (MOST_POINTS - 2);
  return [...(close ? kept.slice(0, -1) : kept), point];
}

/** Units per second over the window; null with fewer than three points or less than twenty seconds. */
export function rateOf(points: readonly Point[]): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < LEAST_POINTS || last.time - first.time < LEAST_MS) return null;
  return ((last.value - first.value) / (last.time - first.time)) * 1000;
}

/** Which way a value that jumps is going: the first and the last third of the window compared; null while it is too short. */
export function directionOf(points: readonly Point[]): 'falling' | 'growing' | 'steady' | null {
  if (rateOf(points) === null) return null;
  const third = Math.max(1, Math.floor(points.length / 3));
  const [early, late] = [mean(points.slice(0, third)), mean(points.slice(-third))];
  if (late < early * 0.9) return 'falling';
  return late > early * 1.1 ? 'growing' : 'steady';
}

function mean(points: readonly Point[]): number {
  return points.reduce((sum, { value }) => sum + value, 0) / points.length;
}
