import type { EngineEvent } from '../ports/engine-events.ts';
import type { JournalRecord } from '../ports.ts';
import type { Run } from './evidence.ts';
import type { Confidence, VerdictCode } from './verdict.ts';

/** How a run ended, as the journal keeps it. */
export interface NotedDeath {
  readonly containerId: string;
  readonly containerName: string;
  readonly run: Run;
  readonly verdict: string;
  readonly code: VerdictCode;
  readonly confidence: Confidence;
  /** What happened, one sentence. */
  readonly meaning: string;
}

/** What a container used at one look, and what there was; null where it could not be told. Sizes in bytes. */
export interface NotedUse {
  readonly time: number;
  readonly containerId: string;
  readonly memory: number | null;
  readonly swap: number | null;
  readonly disk: number | null;
  /** Free on the filesystem of its volume. */
  readonly diskFree: number | null;
  /** The kernel's own count of kills in its cgroup. */
  readonly oomKills: number | null;
  /** Of the host. */
  readonly available: number | null;
  readonly swapFree: number | null;
}

type Data = JournalRecord['data'];

/** Only what is known is kept: a record is one line, and lines are short. */
function known(data: Readonly<Record<string, string | number | boolean | null | undefined>>): Data {
  return Object.fromEntries(Object.entries(data).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, value]])));
}

const number = (value: Data[string] | undefined) => (typeof value === 'number' ? value : null);
const text = (value: Data[string] | undefined) => (typeof value === 'string' ? value : '');

/** That a node begins a chain anew. The engine cannot tell: the age of a volume, by its words, is that of the last change in its folder. */
export const BIRTH_RECORD: Omit<JournalRecord, 'time'> = { kind: 'start', data: { newChain: true } };

/**
 * What was noted since a node's chain was begun, with the note of that; what was noted before, in the same millisecond too, is of another
 * chain. All where the journal does not go back so far.
 */
export function sinceBirth(journal: readonly JournalRecord[]): readonly JournalRecord[] {
  return journal.slice(Math.max(0, journal.findLastIndex(isBirth)));
}

/** When a node's chain was begun, an instant; what is older is of another chain. 0 where the journal does not go back so far. */
export function bornAt(journal: readonly JournalRecord[]): number {
  return journal.findLast(isBirth)?.time ?? 0;
}

function isBirth({ kind, data }: JournalRecord): boolean {
  return kind === 'start' && data.newChain === true;
}

/** A run that is going on, so that its process can be told from a child of it after its end. */
export function runRecord(containerId: string, containerName: string, run: Run): Omit<JournalRecord, 'time'> {
  return { kind: 'run', data: known({ id: containerId, name: containerName, startedAt: run.startedAt, pid: run.pid }) };
}

/** The process id of a container's run, where the journal has it. */
export function notedPid(journal: readonly JournalRecord[], containerId: string, startedAt: number): number | null {
  const found = journal.findLast(({ kind, data }) => kind === 'run' && data.id === containerId && data.startedAt === startedAt);
  return number(found?.data.pid);
}

export function eventRecord({ time, action, containerId, containerName, exitCode, signal }: EngineEvent): Omit<JournalRecord, 'time'> {
  return { kind: 'event', data: known({ at: time, action, id: containerId, name: containerName, exitCode, signal }) };
}

/** The engine's events that the journal keeps, oldest first. */
export function notedEvents(journal: readonly JournalRecord[]): readonly EngineEvent[] {
  return journal
    .flatMap(({ kind, data }): EngineEvent[] => {
      const time = number(data.at);
      if (kind !== 'event' || time === null) return [];
      const [exitCode, signal] = [number(data.exitCode) ?? undefined, number(data.signal) ?? undefined];
      const whose = { containerId: text(data.id), containerName: text(data.name) };
      return [{ time, action: text(data.action), ...whose, labels: {}, exitCode, signal, attributes: {} }];
    })
    .sort((a, b) => a.time - b.time);
}

export function deathRecord({ containerId, containerName, run, ...verdict }: NotedDeath): Omit<JournalRecord, 'time'> {
  const { startedAt, endedAt, exitCode, oomKilled, pid } = run;
  return { kind: 'death', data: known({ id: containerId, name: containerName, startedAt, endedAt, exitCode, oomKilled, pid, ...verdict }) };
}

/** The deaths that were judged when they were met, oldest first. */
export function notedDeaths(journal: readonly JournalRecord[]): readonly NotedDeath[] {
  return journal.flatMap(({ kind, data }): NotedDeath[] => {
    const [startedAt, endedAt, code] = [number(data.startedAt), number(data.endedAt), number(data.code)];
    if (kind !== 'death' || startedAt === null || endedAt === null || code === null) return [];
    const oomKilled = typeof data.oomKilled === 'boolean' ? data.oomKilled : null;
    const confidence = data.confidence === 'certain' || data.confidence === 'likely' ? data.confidence : 'possible';
    const run = { startedAt, endedAt, exitCode: number(data.exitCode), oomKilled, pid: number(data.pid) };
    const whose = { containerId: text(data.id), containerName: text(data.name) };
    return [{ ...whose, run, verdict: text(data.verdict), code: code as VerdictCode, confidence, meaning: text(data.meaning) }];
  });
}

export function useRecord({ time: _, containerId, ...use }: NotedUse): Omit<JournalRecord, 'time'> {
  return { kind: 'use', data: known({ id: containerId, ...use }) };
}

/** What was measured of a container, oldest first. */
export function notedUse(journal: readonly JournalRecord[], containerId: string): readonly NotedUse[] {
  return journal
    .filter(({ kind, data }) => kind === 'use' && data.id === containerId)
    .map(({ time, data }) => ({
      ...{ time, containerId, memory: number(data.memory), swap: number(data.swap), disk: number(data.disk) },
      ...{ diskFree: number(data.diskFree), oomKills: number(data.oomKills) },
      ...{ available: number(data.available), swapFree: number(data.swapFree) },
    }));
}
