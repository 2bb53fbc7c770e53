import { expect, test } from 'vitest';
import { BIRTH_RECORD } from '../../src/diagnosis/journal-notes.ts';
import { notedSizes } from '../../src/diagnosis/noted-sizes.ts';
import type { JournalRecord } from '../../src/ports.ts';

const run = (time: number, id: string, name: string): JournalRecord => ({ time, kind: 'run', data: { id, name, startedAt: time } });
const use = (time: number, id: string, disk?: number): JournalRecord => ({
  time,
  kind: 'use',
  data: { id, memory: 1, ...(disk === undefined ? {} : { disk }) },
});
const sizes = (journal: readonly JournalRecord[], id?: string) =>
  notedSizes(journal, 'nodectl-dev', id).map(({ time, value }) => [time, value]);

test('the sizes of a volume are those that each of its containers was seen with', () => {
  const journal = [
    ...[run(1, 'old', 'nodectl-dev'), use(2, 'old', 10), use(3, 'old')],
    ...[run(4, 'beside', 'nodectl-dev.consensus'), use(5, 'beside', 999)],
    ...[use(6, 'new', 20), use(7, 'stranger', 888)],
  ];
  expect(sizes(journal, 'new')).toEqual([
    [2, 10],
    [6, 20],
  ]);
  expect(sizes(journal)).toEqual([[2, 10]]);
});

test('a chain that was begun anew does not go on from the one before', () => {
  expect(sizes([run(1, 'a', 'nodectl-dev'), use(2, 'a', 500), { time: 3, ...BIRTH_RECORD }, use(4, 'a', 1)])).toEqual([[4, 1]]);
});
