import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BIRTH_RECORD,
  bornAt,
  deathRecord,
  eventRecord,
  notedDeaths,
  notedEvents,
  notedPid,
  notedUse,
  sinceBirth,
} from '../../src/diagnosis/journal-notes.ts';
import type { OomKill } from '../../src/diagnosis/kernel/kernel-record.ts';
import { kernelRecords, notedKernel } from '../../src/diagnosis/kernel-notes.ts';
import { JOURNAL_KINDS, type JournalRecord } from '../../src/ports.ts';
import { NOW } from '../node/make-node.ts';
import { END, ID, makeCase, OTHER_ID, PID } from './case-factory.ts';

/** As the file gives it back. */
const kept = (record: Omit<JournalRecord, 'time'>, time = NOW): JournalRecord => JSON.parse(JSON.stringify({ ...record, time }));

const kill = (over: Partial<OomKill> = {}): OomKill => ({
  ...{ kind: 'oom-kill', at: END - 100, scope: 'limit', limitCgroup: `/docker/${ID}`, victimCgroup: `/docker/${ID}` },
  ...{ process: 'geth', pid: PID, anonBytes: 5, limitBytes: 6, swapLimitBytes: 0, lines: ['a line'] },
  ...over,
});

const withKernel = (...records: readonly OomKill[]) => makeCase({ kernel: { seen: { records, since: 0, source: '/dev/kmsg' } } });

describe('the journal of a node', () => {
  test('gives back a death and an event as they were', () => {
    const run = { startedAt: NOW - 9, endedAt: NOW, exitCode: 137, oomKilled: true, pid: null };
    const death = { containerId: ID, containerName: 'nodectl-dev', run, verdict: 'oom.limit', code: 20, confidence: 'certain' } as const;
    expect(notedDeaths([kept(deathRecord({ ...death, meaning: 'No memory.' }))])).toEqual([{ ...death, meaning: 'No memory.' }]);
    const event = { time: NOW, action: 'kill', containerId: ID, containerName: 'nodectl-dev', labels: {}, exitCode: undefined, signal: 9 };
    expect(notedEvents([kept(eventRecord({ ...event, attributes: {} }))])).toEqual([{ ...event, attributes: {} }]);
  });

  test('keeps the kernel line of the kill that ended a run, and no other', () => {
    const records = kernelRecords(withKernel(kill(), kill({ at: END - 600_000 }), kill({ victimCgroup: `/docker/${OTHER_ID}`, pid: 1 })));
    expect(
      notedKernel(
        records.map((record) => kept(record)),
        ID,
      ),
    ).toEqual([kill()]);
    expect(
      notedKernel(
        records.map((record) => kept(record)),
        OTHER_ID,
      ),
    ).toEqual([]);
  });

  test('keeps no record that is longer than a line of it', () => {
    const long = Array.from({ length: 12 }, () => 'x'.repeat(600));
    const records = kernelRecords(withKernel(...Array.from({ length: 9 }, () => kill({ lines: long }))));
    expect(records.length).toBeLessThanOrEqual(5);
    for (const record of records) expect(JSON.stringify(record).length).toBeLessThan(4_000);
  });

  test('tells when a chain was begun, the last time that one was', () => {
    expect(bornAt([])).toBe(0);
    const [old, note] = [kept(BIRTH_RECORD, 5), kept({ kind: 'start', data: { geth: '1.17.8' } }, 9)];
    expect(sinceBirth([old, note, kept(BIRTH_RECORD, 9), note])).toEqual([kept(BIRTH_RECORD, 9), note]);
    expect(sinceBirth([note])).toEqual([note]);
    expect(bornAt([kept(BIRTH_RECORD, 5), kept({ kind: 'start', data: { geth: '1.17.8' } }, 7), kept(BIRTH_RECORD, 9)])).toBe(9);
  });

  test('is read without fail, whatever another version wrote into it', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(ID), fc.json());
    const keys = ['id', 'name', 'at', 'action', 'record', 'startedAt', 'endedAt', 'code', 'verdict', 'pid', 'memory', 'oomKilled'];
    const data = fc.dictionary(fc.constantFrom(...keys), value);
    fc.assert(
      fc.property(fc.array(fc.record({ time: fc.double(), kind: fc.constantFrom(...JOURNAL_KINDS), data })), (journal) => {
        for (const { run } of notedDeaths(journal)) expect(typeof run.startedAt).toBe('number');
        for (const { time } of notedEvents(journal)) expect(typeof time).toBe('number');
        for (const { lines } of notedKernel(journal, ID)) expect(Array.isArray(lines)).toBe(true);
        notedPid(journal, ID, NOW);
        notedUse(journal, ID);
      }),
    );
  });
});
