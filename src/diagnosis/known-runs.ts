import type { ObservedContainer } from '../ports/containers.ts';
import type { EngineEvent } from '../ports/engine-events.ts';
import type { JournalRecord } from '../ports.ts';
import type { Run } from './evidence.ts';
import { notedDeaths, notedPid } from './journal-notes.ts';

/** A run under a container's name; an earlier one may be of a container that is gone. */
export interface KnownRun {
  readonly containerId: string;
  readonly run: Run;
  /** It is the one that the engine's state is about. */
  readonly present: boolean;
}

/** The engine's event of a start, and its own time of it, are a moment apart; so are an end's. */
const SAME_MS = 2_000;

/** Whether two ends of one container are the same, as its state, its events and the journal tell them a moment apart. */
export function isSameEnd(a: Ended, b: Ended): boolean {
  const [one, other] = [a.run.endedAt, b.run.endedAt];
  return a.containerId === b.containerId && one !== null && other !== null && Math.abs(one - other) <= SAME_MS;
}

type Ended = Pick<KnownRun, 'containerId' | 'run'>;

/** Every run that the engine's state, its events and the journal know of, oldest first; the engine's own last. */
export function knownRuns(
  container: ObservedContainer,
  events: readonly EngineEvent[],
  journal: readonly JournalRecord[],
): readonly KnownRun[] {
  const present: KnownRun = { containerId: container.id, run: presentRun(container, events, journal), present: true };
  const noted = notedDeaths(journal)
    .filter(({ containerName }) => containerName === container.name)
    .map(({ containerId, run }) => ({ containerId, run, present: false }));
  const told = runsOfEvents(container, events, journal);
  // A program that ends at once is started again within less than the two times differ: each event is a run of its own.
  const last = told.at(-1);
  const earlier = told.filter((run) => run !== last || !isSame(run, present));
  const known = [...earlier];
  for (const run of [...noted, ...endBefore(container)]) {
    if (!isSame(run, present) && !known.some((other) => isSame(other, run))) known.push(run);
  }
  known.sort((a, b) => endOf(a) - endOf(b));
  return [...known, present];
}

function endOf({ run }: KnownRun): number {
  return run.endedAt ?? run.startedAt;
}

function isSame(a: KnownRun, b: KnownRun): boolean {
  if (a.containerId !== b.containerId) return false;
  const near = (one: number | null, other: number | null) => one !== null && other !== null && Math.abs(one - other) <= SAME_MS;
  if (a.run.endedAt === null || b.run.endedAt === null) return a.run.endedAt === b.run.endedAt && near(a.run.startedAt, b.run.startedAt);
  return isSameEnd(a, b);
}

/** What the engine's state is about; a container that never started has a run that began at 0. */
export function presentRun(container: ObservedContainer, events: readonly EngineEvent[], journal: readonly JournalRecord[]): Run {
  const { id, state, startedAt, finishedAt, exitCode, oomKilled, pid } = container;
  const alive = state === 'running' || state === 'paused';
  const hasOom = events.some((event) => event.action === 'oom' && event.containerId === id && event.time > startedAt);
  if (startedAt === 0) return { startedAt: 0, endedAt: null, exitCode: alive ? null : exitCode, oomKilled, pid: null };
  return {
    startedAt,
    // A program that ends at once can end, by the engine's words, a moment before it began.
    endedAt: alive ? null : Math.max(startedAt, finishedAt),
    exitCode: alive ? null : exitCode,
    // Engines before 24 keep the word of the run before until this one has ended.
    oomKilled: alive && oomKilled && finishedAt > 0 && !hasOom ? null : oomKilled,
    pid: pid > 0 ? pid : notedPid(journal, id, startedAt),
  };
}

function runsOfEvents(container: ObservedContainer, events: readonly EngineEvent[], journal: readonly JournalRecord[]): KnownRun[] {
  const runs: KnownRun[] = [];
  const open = new Map<string, { startedAt: number; oom: boolean }>();
  for (const event of events) {
    const { action, containerId, time } = event;
    if (action === 'start') open.set(containerId, { startedAt: time, oom: false });
    const begun = open.get(containerId);
    if (action === 'oom' && begun !== undefined) begun.oom = true;
    if (action !== 'die') continue;
    const startedAt = begun?.startedAt ?? startBefore(event, container, journal);
    const pid = pidNear(journal, containerId, startedAt);
    const run = { startedAt, endedAt: time, exitCode: event.exitCode ?? null, oomKilled: begun === undefined ? null : begun.oom, pid };
    runs.push({ containerId, run, present: false });
    open.delete(containerId);
  }
  return runs;
}

/** When a run began whose start nobody remembers: by its length, as newer engines tell it, by the journal, or not before the container was made. */
function startBefore(
  { containerId, time, attributes }: EngineEvent,
  container: ObservedContainer,
  journal: readonly JournalRecord[],
): number {
  const seconds = attributes.execDuration;
  if (seconds !== undefined && /^\d{1,9}$/.test(seconds)) return time - Number(seconds) * 1000;
  const starts = journal.flatMap(({ kind, data }) => (kind === 'run' && data.id === containerId ? [Number(data.startedAt)] : []));
  const made = containerId === container.id ? container.createdAt : time;
  return starts.filter((at) => at <= time).at(-1) ?? Math.min(made, time);
}

function pidNear(journal: readonly JournalRecord[], containerId: string, startedAt: number): number | null {
  const found = journal.findLast(
    ({ kind, data }) => kind === 'run' && data.id === containerId && Math.abs(Number(data.startedAt) - startedAt) <= SAME_MS,
  );
  return typeof found?.data.pid === 'number' ? found.data.pid : null;
}

/** A container that runs again still tells when it ended last, though not how. */
function endBefore({ id, createdAt, startedAt, finishedAt, state }: ObservedContainer): readonly KnownRun[] {
  const again = (state === 'running' || state === 'paused') && finishedAt > 0 && finishedAt <= startedAt;
  const run = { startedAt: Math.min(createdAt, finishedAt), endedAt: finishedAt, exitCode: null, oomKilled: null, pid: null };
  return again ? [{ containerId: id, run, present: false }] : [];
}
