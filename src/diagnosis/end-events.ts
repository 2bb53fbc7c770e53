import type { EngineEvent } from '../ports/engine-events.ts';
import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { endOf } from './run-phase.ts';
import type { EvidenceLine } from './verdict.ts';

/** What somebody did to a container through the engine in the run that ended. */
export interface EndEvents {
  /** Signals that were sent, oldest first; a signal that the engine does not name is null. */
  readonly signals: readonly { readonly signal: number | null; readonly event: EngineEvent }[];
  /** The engine's own stop, which `docker stop`, `docker restart` and its shutdown are. */
  readonly stop: EngineEvent | undefined;
  /** The kernel's word on a full memory as the engine got it, the last of this run. */
  readonly oom: EngineEvent | undefined;
  /** Whether all that happened in the last minutes of the run is among the events. */
  readonly complete: boolean;
}

export const SIGKILL = 9;
/** What geth closes its database for. */
const ASKING: readonly (number | null)[] = [2, 15, null];

/** A stop is told after the process has ended, by some engines a little before. */
const TOLD_AFTER_MS = 10_000;
/** What was done this long before an end has nothing to do with it: a stop takes five minutes at most. */
const LOOKS_BACK_MS = 10 * 60_000;

/** The events of the run up to its end; none for one that did not end. */
export function endEvents(evidence: CaseEvidence): EndEvents {
  const end = endOf(evidence);
  if (end === undefined) return { signals: [], stop: undefined, oom: undefined, complete: false };
  const { run, events, eventsSince } = evidence;
  const next = events.find(({ action, time }) => action === 'start' && time > Math.max(end.at, run.startedAt + 1))?.time;
  const until = Math.min(next ?? Number.POSITIVE_INFINITY, end.at + TOLD_AFTER_MS);
  const own = events.filter(({ time }) => time >= run.startedAt && time < until);
  const late = own.filter(({ time }) => time >= end.at - LOOKS_BACK_MS);
  return {
    signals: late.flatMap((event) => (event.action === 'kill' ? [{ signal: event.signal ?? null, event }] : [])),
    stop: late.findLast(({ action }) => action === 'stop'),
    oom: own.findLast(({ action }) => action === 'oom'),
    // An engine that does not tell the end itself has not told all, whatever it began with.
    complete:
      eventsSince !== null && eventsSince <= Math.max(run.startedAt, end.at - LOOKS_BACK_MS) && own.some(({ action }) => action === 'die'),
  };
}

/** The signal by which somebody asked it to end, the first of them. */
export function askedToEnd({ signals }: EndEvents): EngineEvent | undefined {
  return signals.find(({ signal }) => ASKING.includes(signal))?.event;
}

/** The SIGKILL that the engine sent it, the last. */
export function killSent({ signals }: EndEvents): EngineEvent | undefined {
  return signals.findLast(({ signal }) => signal === SIGKILL)?.event;
}

/** That the engine does not remember what was done to the container; nothing where it does. */
export function eventDoubts(evidence: CaseEvidence, { complete }: EndEvents): readonly EvidenceLine[] {
  if (complete) return [];
  const known = evidence.eventsSince === null ? 'it remembers none' : 'it remembers only later ones';
  return [line('engine events', `${known}: whether somebody stopped or killed the container cannot be told`, evidence.eventsSince)];
}
