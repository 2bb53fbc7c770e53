import type { EarlyWarning, WarningKind } from '../early-warning.ts';
import { headStale, noConsensus, noPeers } from './chain-warnings.ts';
import { clockDrift } from './clock-drift.ts';
import { diskFull } from './disk-full.ts';
import { memoryLimit } from './memory-limit.ts';
import { swapThrash } from './swap-thrash.ts';
import type { Verdict, WarningRow, WarningSight } from './warning-row.ts';

/** Every early warning, in the order in which they are told. */
export const WARNINGS: readonly WarningRow[] = [memoryLimit, swapThrash, diskFull, noConsensus, headStale, noPeers, clockDrift];

/** What is kept of one kind: what was raised, and since when the opposite has been seen without a break. */
export interface TrackedWarning {
  readonly raised: EarlyWarning | undefined;
  readonly turnedAt: number | undefined;
}

export type TrackedWarnings = { readonly [Kind in WarningKind]?: TrackedWarning };

/** The warnings after one more look: raised and cleared by different values, each only when that lasted. */
export function trackWarnings(before: TrackedWarnings, sight: WarningSight, rows: readonly WarningRow[] = WARNINGS): TrackedWarnings {
  return Object.fromEntries(rows.map((row) => [row.kind, track(row, before[row.kind], row.judge(sight), sight.time)]));
}

/** What is raised now. */
export function raisedOf(tracked: TrackedWarnings): readonly EarlyWarning[] {
  return Object.values(tracked).flatMap(({ raised }) => raised ?? []);
}

function track(row: WarningRow, before: TrackedWarning | undefined, verdict: Verdict, time: number): TrackedWarning {
  const { raised, turnedAt } = before ?? { raised: undefined, turnedAt: undefined };
  if (verdict.is === 'unknown') return { raised, turnedAt };
  const now = 'text' in verdict ? { kind: row.kind, text: verdict.text, inMs: verdict.inMs } : undefined;
  if (verdict.is !== (raised === undefined ? 'bad' : 'good')) return { raised: raised && (now ?? raised), turnedAt: undefined };
  // A clock that stepped back begins the wait anew.
  const since = turnedAt === undefined || turnedAt > time ? time : turnedAt;
  if (raised === undefined) return time - since >= row.raiseAfterMs ? { raised: now, turnedAt: undefined } : { raised, turnedAt: since };
  return time - since >= row.clearAfterMs ? { raised: undefined, turnedAt: undefined } : { raised, turnedAt: since };
}
