import { type Eta, etaOf, leftOf } from './eta.ts';
import type { Progress, SyncPhase, SyncUnit } from './progress.ts';
import { addPoint, type Point, rateOf } from './rate.ts';

/** How fast a sync gets on. */
export interface SyncTrend {
  /** Units per second; null until enough was seen. */
  readonly rate: number | null;
  readonly unit: SyncUnit;
  readonly eta: Eta;
}

/** One look at a phase. */
export interface ProgressSample {
  readonly time: number;
  readonly progress: Progress;
  readonly peers: number | undefined;
}

/** What a watcher keeps of one phase: constant in size, however long it watches. */
export interface SyncMemory {
  readonly latest: ProgressSample;
  readonly done: readonly Point[];
  readonly left: readonly Point[];
  /** Over STALL_SPAN. */
  readonly pending: readonly Point[];
  /** When `done` last grew, or there was nobody to get anything from. */
  readonly movedAt: number;
}

/** Healing goes up and down for minutes on any disk. */
export const STALL_SPAN = 30 * 60_000;
/** Across a longer hole (the engine away, the machine asleep) nothing is concluded. */
const LONGEST_GAP = 5 * 60_000;

/**
 * The memory after one more sample. It begins anew with another phase or unit, when `done` falls (a restart, another pivot),
 * after a hole, and when the clock steps back.
 */
export function remember(memory: SyncMemory | undefined, sample: ProgressSample): SyncMemory {
  const { time, progress, peers } = sample;
  const goesOn = memory !== undefined && continues(memory.latest, sample);
  const before = goesOn ? memory : { done: [], left: [], pending: [], movedAt: time, latest: undefined };
  const left = leftOf(progress);
  const moved = before.latest === undefined || progress.done > before.latest.progress.done || peers === 0;
  return {
    latest: sample,
    done: addPoint(before.done, { time, value: progress.done }),
    left: left === undefined ? [] : addPoint(before.left, { time, value: left }),
    pending: progress.pending === null ? [] : addPoint(before.pending, { time, value: progress.pending }, STALL_SPAN),
    movedAt: moved ? time : before.movedAt,
  };
}

/** What a watcher keeps of a whole sync: each phase by itself, since several go on at a time. */
export type SyncMemories = { readonly [Phase in SyncPhase]?: SyncMemory };

/** The memories after one more look at every phase that is under way; a phase that is not is forgotten after a while. */
export function rememberPhases(
  memories: SyncMemories,
  { time, phases, peers }: { readonly time: number; readonly phases: readonly Progress[]; readonly peers: number | undefined },
): SyncMemories {
  const fresh = Object.entries(memories).filter(([, { latest }]) => Math.abs(time - latest.time) <= LONGEST_GAP);
  const seen = phases.map((progress) => [progress.phase, remember(memories[progress.phase], { time, progress, peers })] as const);
  return Object.fromEntries([...fresh, ...seen]);
}

/** Rate and time to go of the remembered phase. */
export function trendOf({ latest, done, left, pending }: SyncMemory): SyncTrend {
  return { rate: rateOf(done), unit: latest.progress.unit, eta: etaOf(latest.progress, left, pending) };
}

function continues(before: ProgressSample, { time, progress }: ProgressSample): boolean {
  const { phase, unit, done } = before.progress;
  const gap = time - before.time;
  return phase === progress.phase && unit === progress.unit && progress.done >= done && gap >= 0 && gap <= LONGEST_GAP;
}
