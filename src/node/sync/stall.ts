import type { SyncState } from '../sync-state.ts';
import type { SyncPhase } from './progress.ts';
import { directionOf } from './rate.ts';
import { STALL_SPAN, type SyncMemory } from './trend.ts';

/** For how long each phase may stand still while there are peers. Indexing needs no peers, and one step of it can take long. */
const STILL_MS: Readonly<Record<SyncPhase, number>> = {
  headers: 10 * 60_000,
  chain: 10 * 60_000,
  state: 10 * 60_000,
  healing: 10 * 60_000,
  indexing: 30 * 60_000,
};
/** The first kept point may lie a little inside the span. */
const ALMOST = 0.95;

/** That a sync does not get on, and since when; undefined where it does or too little was seen. */
export function stallOf(memory: SyncMemory): { readonly forMs: number; readonly reason: string } | undefined {
  const { latest, movedAt, pending } = memory;
  const { phase, unit, done } = latest.progress;
  const still = latest.time - movedAt;
  if (still >= STILL_MS[phase]) return { forMs: still, reason: `no more than ${done} ${unit}, with ${latest.peers ?? 'unknown'} peers` };
  if (phase !== 'healing') return undefined;
  const seen = latest.time - (pending[0]?.time ?? latest.time);
  const direction = directionOf(pending);
  if (seen < STALL_SPAN * ALMOST || direction === 'falling' || direction === null) return undefined;
  return { forMs: seen, reason: `${latest.progress.pending} pending and ${direction}: the disk may be too slow for it to end` };
}

/** The state with what only time shows: a sync that does not get on is `stalled`. */
export function judgeTrend(sync: SyncState, memory: SyncMemory | undefined): SyncState {
  if (sync.state !== 'syncing' || memory === undefined || memory.latest.progress.phase !== sync.phase) return sync;
  const stall = stallOf(memory);
  return stall === undefined ? sync : { state: 'stalled', phase: sync.phase, ...stall };
}
