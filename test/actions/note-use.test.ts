import { describe, expect, test } from 'vitest';
import { type SeenPart, useNoter } from '../../src/actions/note-use.ts';
import { notedPid, notedUse } from '../../src/diagnosis/journal-notes.ts';
import type { Host } from '../../src/ports/host.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { makeContainer, makeDesired, NOW } from '../node/make-node.ts';

const ID = 'a'.repeat(64);
const MINUTE = 60_000;

const HOST = {
  memory: () => ({ total: 8, available: 5, swapTotal: 2, swapFree: 1 }),
  diskFree: () => 99,
  kernelCounters: () => ({ oomKills: 3 }),
} as unknown as Host;

function part(startedAt = NOW, over: Partial<SeenPart> = {}): SeenPart {
  const state = { id: ID, state: 'running' as const, pid: 77, startedAt };
  const use = { memoryBytes: 10, swapBytes: 2, cpusAverage: null, diskBytes: 30, source: 'kernel' as const };
  return { container: makeContainer(makeDesired().container, state), local: true, use, ...over };
}

function scene() {
  const journal: JournalRecord[] = [];
  let now = NOW;
  let reads = 0;
  const remember = {
    append: (_node: string, record: Omit<JournalRecord, 'time'>) => void journal.push({ ...record, time: now }),
    read: () => {
      reads += 1;
      return journal;
    },
  };
  const clock = { now: () => now, sleep: async () => {} };
  return {
    journal,
    noter: () => useNoter('dev', remember, HOST, clock),
    later: (ms: number) => {
      now += ms;
    },
    reads: () => reads,
    kinds: () => journal.map(({ kind }) => kind).join(' '),
  };
}

describe('what is kept of a node that runs', () => {
  test('is its process once a run, and its use once a minute, whoever looks and however often', () => {
    const { noter, later, kinds, journal } = scene();
    for (let look = 0; look < 50; look++) {
      noter()(part());
      later(MINUTE / 50);
    }
    expect(kinds()).toBe('run use');
    noter()(part());
    expect(kinds()).toBe('run use use');
    expect(notedPid(journal, ID, NOW)).toBe(77);
  });

  test('is enough to tell after its end what there was', () => {
    const { noter, journal } = scene();
    noter()(part());
    expect(notedUse(journal, ID)).toEqual([
      { time: NOW, containerId: ID, memory: 10, swap: 2, disk: 30, diskFree: 99, oomKills: 3, available: 5, swapFree: 1 },
    ]);
  });

  test('is the new process of another run at once', () => {
    const { noter, kinds } = scene();
    const note = noter();
    note(part());
    note(part(NOW + 1_000));
    expect(kinds()).toBe('run use run');
  });

  test('is read but once by who looks again and again', () => {
    const { noter, later, reads } = scene();
    const note = noter();
    for (let look = 0; look < 10; look++) {
      note(part());
      later(MINUTE);
    }
    expect(reads()).toBe(1);
  });

  test('is nothing of one that does not run, and no figure of the host for one that is elsewhere', () => {
    const { noter, kinds, journal } = scene();
    noter()(part(NOW, { container: { ...part().container, state: 'exited' } }));
    expect(kinds()).toBe('');
    noter()(part(NOW, { local: false }));
    expect(notedUse(journal, ID)[0]).toMatchObject({ memory: 10, available: null, oomKills: null, diskFree: null });
  });

  test('goes on where the clock was set back', () => {
    const { noter, later, kinds } = scene();
    const note = noter();
    note(part());
    later(-MINUTE * 60);
    note(part());
    expect(kinds()).toBe('run use use');
  });
});
