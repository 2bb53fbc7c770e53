import type { ViewStyle } from './line.ts';

const RISING = '▁▂▃▄▅▆▇█';
const RISING_ASCII = '_.-~=+*#';

/** A measured value at an instant; null where it was not known. */
export interface Measured {
  readonly time: number;
  readonly value: number | null;
}

/** A bar of so many cells, filled by a share of 0 to 1; blank where that is not known. What is not wholly full has a free cell. */
export function bar(share: number | null, cells: number, { unicode }: Pick<ViewStyle, 'unicode'>): string {
  if (share === null) return ' '.repeat(cells);
  const within = Math.min(1, Math.max(0, share));
  const filled = within === 1 ? cells : Math.min(cells - 1, Math.round(within * cells));
  return `${(unicode ? '█' : '#').repeat(filled)}${(unicode ? '░' : '-').repeat(cells - filled)}`;
}

/** What a sparkline shows. */
export interface Course {
  readonly points: readonly Measured[];
  /** The value that reaches the top. */
  readonly top: number;
}

/**
 * The course of a value up to `now`: one cell for each equal part of `spanMs` with the highest value in it, and blank where nothing was
 * known. The parts stand still while time goes on, so that the line moves by whole cells.
 */
export function sparkline(
  { points, top }: Course,
  cells: number,
  { now, spanMs }: { readonly now: number; readonly spanMs: number },
  { unicode }: Pick<ViewStyle, 'unicode'>,
): string {
  const part = spanMs / cells;
  const first = Math.floor(now / part) - cells + 1;
  const highest: (number | null)[] = new Array(cells).fill(null);
  const holds = holdsMs(points);
  for (const [at, { time, value }] of points.entries()) {
    if (value === null) continue;
    const until = Math.min(points[at + 1]?.time ?? now, time + holds, now);
    const own = Math.floor(time / part) - first;
    for (let cell = Math.max(0, own); cell < cells && (cell === own || (cell + first) * part < until); cell++) {
      highest[cell] = Math.max(highest[cell] ?? value, value);
    }
  }
  const levels = unicode ? RISING : RISING_ASCII;
  return highest.map((value) => (value === null ? ' ' : levels[levelOf(value, top)])).join('');
}

/** For how long a value stands for what comes after it: twice the usual pause. A longer one is a hole. */
function holdsMs(points: readonly Measured[]): number {
  const pauses = points.slice(1).map(({ time }, at) => time - (points[at]?.time ?? time));
  return 2 * (pauses.sort((one, other) => one - other)[Math.floor(pauses.length / 2)] ?? 0);
}

function levelOf(value: number, top: number): number {
  const share = top > 0 ? value / top : 0;
  return Math.min(RISING.length - 1, Math.max(0, Math.floor(share * RISING.length)));
}
