import { describe, expect, test } from 'vitest';
import { recallLastRun } from '../../src/actions/recall-head.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const BORN = Date.now() - 60_000;
const CLOSED = 'INFO [11-21|03:11:52.047] Blockchain stopped';
const head = (number: number) => `INFO [11-21|03:11:51.946] Chain head was updated number=${number} hash=cc4733..d79159`;
const note = (number: number, time = BORN + 1_000): JournalRecord => ({ time, kind: 'head', data: { number } });

interface Scene {
  readonly lines?: readonly string[];
  /** The container's end; left out, it runs. */
  readonly exitCode?: number;
  readonly noted?: readonly JournalRecord[];
  readonly container?: 'none' | 'never started';
  readonly over?: Partial<ObservedContainer>;
}

async function recall({ lines = [], exitCode, noted = [], container, over = {} }: Scene) {
  const { engine, add } = fakeNodes();
  await add('dev');
  const fake = engine.containers.get('nodectl-dev');
  for (const line of lines) fake?.print(line, 'stderr');
  if (exitCode !== undefined) fake?.end(exitCode);
  const seen = fake && { ...fake.observed, ...over, ...(container === 'never started' ? { state: 'created' as const, startedAt: 0 } : {}) };
  return recallLastRun('dev', container === 'none' ? undefined : seen, BORN, engine, { append: () => {}, read: () => noted });
}

describe('the last run of a node', () => {
  test('was clean with a full close, and its head is known from the log', async () => {
    expect(await recall({ lines: [head(11), head(12), CLOSED], exitCode: 0 })).toMatchObject({ shutdown: { clean: true }, head: 12 });
  });

  test('was unclean after a kill, and the head it had is remembered', async () => {
    expect(await recall({ lines: [head(12)], exitCode: 137 })).toMatchObject({ shutdown: { clean: false, exitCode: 137 }, head: 12 });
  });

  test('has the higher of what the log tells and what was noted', async () => {
    expect(await recall({ lines: [head(12)], exitCode: 137, noted: [note(9)] })).toMatchObject({ head: 12 });
    expect(await recall({ lines: [], exitCode: 137, noted: [note(40)] })).toMatchObject({ head: 40 });
  });

  test('is known by the journal alone when the container is gone', async () => {
    expect(await recall({ container: 'none', noted: [note(5), note(7)] })).toEqual({ shutdown: undefined, head: 7 });
  });

  test('has no head of a chain that was there before this volume', async () => {
    expect(await recall({ container: 'none', noted: [note(99, BORN - 1)] })).toEqual({ shutdown: undefined, head: undefined });
  });

  test('is unknown where nothing ever ran, and records without a number are passed over', async () => {
    const started: JournalRecord = { time: BORN + 2_000, kind: 'start', data: { geth: '1.17.8' } };
    expect(await recall({ container: 'never started', noted: [started] })).toEqual({ shutdown: undefined, head: undefined });
    expect(await recall({ container: 'none', noted: [note(5), started] })).toMatchObject({ head: 5 });
  });

  test('is not the present one: a node that runs since before the note lost nothing', async () => {
    expect(await recall({ noted: [note(5, Date.now() + 1_000)] })).toEqual({ shutdown: undefined, head: undefined });
  });

  test('is another one when the engine started the container again since the note', async () => {
    expect(await recall({ noted: [note(5)], over: { startedAt: BORN + 30_000 } })).toEqual({ shutdown: undefined, head: 5 });
  });
});
