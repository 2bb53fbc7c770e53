import { leftOfSize } from '../storage/room-to-start.ts';

/** What a chain took at an instant (ms since the epoch), bytes. */
export interface Reading {
  readonly time: number;
  readonly bytes: number;
}

export interface WardSight {
  /** What the chain may take, bytes. */
  readonly limit: number;
  /** What is to be left of it, bytes: as geth keeps it free on a disk of its own (`--datadir.minfreedisk`). */
  readonly least: number;
  /** Oldest first, of this run. */
  readonly readings: readonly Reading[];
  readonly now: number;
  /** From one look to the next where nothing is near, ms. */
  readonly intervalMs: number;
}

/** `blind`: nothing was measured yet. `stop`: so little is left that geth is to be stopped; `measured`, or by its pace. `well`: look again after so long. */
export type WardVerdict =
  | { readonly kind: 'blind' }
  | { readonly kind: 'stop'; readonly bytes: number; readonly measured: boolean }
  | { readonly kind: 'well'; readonly bytes: number; readonly nextMs: number };

/** The pace of a chain is told by what it did in this time; a compaction is shorter. */
const WINDOW_MS = 10 * 60_000;
const LEAST_PAUSE_MS = 1_000;

/**
 * Whether a chain has come to its size. Where the last look was a while ago, because it could not be measured since, it counts as grown
 * on at its pace: a guard that does not see stops geth rather too early than too late. Half of the time to the limit passes before the
 * next look.
 */
export function judgeWard({ limit, least, readings, now, intervalMs }: WardSight): WardVerdict {
  const last = readings.at(-1);
  if (last === undefined) return { kind: 'blind' };
  const pace = paceOf(readings);
  const bytes = Math.round(last.bytes + pace * Math.max(0, now - last.time));
  if (leftOfSize({ limit, used: last.bytes }) < least) return { kind: 'stop', bytes: last.bytes, measured: true };
  const left = leftOfSize({ limit, used: bytes }) - least;
  if (left < 0) return { kind: 'stop', bytes, measured: false };
  const untilThen = pace === 0 ? Number.POSITIVE_INFINITY : left / pace;
  return { kind: 'well', bytes, nextMs: Math.max(LEAST_PAUSE_MS, Math.min(intervalMs, untilThen / 2)) };
}

/** The readings with a new one; what the pace needs no more is left out. */
export function withReading(readings: readonly Reading[], reading: Reading): readonly Reading[] {
  return [...readings.filter(({ time }) => time >= reading.time - WINDOW_MS && time < reading.time), reading];
}

/** Bytes a millisecond; a chain that shrinks has none. */
function paceOf(readings: readonly Reading[]): number {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || last.time <= first.time) return 0;
  return Math.max(0, (last.bytes - first.bytes) / (last.time - first.time));
}
