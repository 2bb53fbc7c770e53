import { addPoint, type Point, rateOf } from '../sync/rate.ts';

/** What was measured at one instant; undefined = not seen. */
export interface Measured {
  readonly time: number;
  /** Bytes until the kernel kills: of memory, and of the swap that it may use and the machine has. */
  readonly room: number | undefined;
  readonly swappedIn: number | undefined;
  readonly swappedOut: number | undefined;
  /** Free bytes of the chain's file system. */
  readonly diskFree: number | undefined;
}

/** The course of each measurement: constant in size, however long is watched. */
export interface Windows {
  readonly room: readonly Point[];
  readonly swappedIn: readonly Point[];
  readonly swappedOut: readonly Point[];
  readonly diskFree: readonly Point[];
}

export const NO_WINDOWS: Windows = { room: [], swappedIn: [], swappedOut: [], diskFree: [] };

/** geth's heap goes up and down with every collection: minutes. */
const ROOM_SPAN = 10 * 60_000;
const SWAP_SPAN = 60_000;
/** Compactions give back what they took: hours. */
const DISK_SPAN = 6 * 3_600_000;

/** The windows after one more measurement; what is of a container's run begins anew with another run. */
export function measure(before: Windows, measured: Measured, sameRun: boolean): Windows {
  const { room, swappedIn, swappedOut } = sameRun ? before : NO_WINDOWS;
  const next = (points: readonly Point[], value: number | undefined, span: number) =>
    value === undefined ? [] : addPoint(points, { time: measured.time, value }, span);
  return {
    room: next(room, measured.room, ROOM_SPAN),
    swappedIn: next(swappedIn, measured.swappedIn, SWAP_SPAN),
    swappedOut: next(swappedOut, measured.swappedOut, SWAP_SPAN),
    diskFree: next(before.diskFree, measured.diskFree, DISK_SPAN),
  };
}

/** Milliseconds until a value that falls is 0 by its course; null where it does not fall, or too little was seen. */
export function msToNothing(points: readonly Point[]): number | null {
  const [value, slope] = [points.at(-1)?.value, slopeOf(points)];
  return slope === null || slope >= 0 || value === undefined ? null : Math.round((value / -slope) * 1000);
}

/** How long the course was looked at, ms. */
export function lookedFor(points: readonly Point[]): number {
  return (points.at(-1)?.time ?? 0) - (points[0]?.time ?? 0);
}

/** Units per second from the first third of the window to the last: a single peak says little. Null where there is no rate yet. */
function slopeOf(points: readonly Point[]): number | null {
  if (rateOf(points) === null) return null;
  const third = Math.floor(points.length / 3);
  const [early, late] = [middle(points.slice(0, third)), middle(points.slice(-third))];
  return ((late.value - early.value) / (late.time - early.time)) * 1000;
}

function middle(points: readonly Point[]): Point {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { time: mean(({ time }) => time), value: mean(({ value }) => value) };
}
