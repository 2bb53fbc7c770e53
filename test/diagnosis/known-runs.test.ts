import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deathRecord, runRecord } from '../../src/diagnosis/journal-notes.ts';
import { knownRuns } from '../../src/diagnosis/known-runs.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { EngineEvent } from '../../src/ports/engine-events.ts';
import type { JournalRecord } from '../../src/ports.ts';
import { makeContainer, makeDesired, NOW } from '../node/make-node.ts';

const ID = 'a'.repeat(64);
const GONE = 'b'.repeat(64);
const MINUTE = 60_000;

function container(over: Partial<ObservedContainer> = {}): ObservedContainer {
  const times = { createdAt: NOW - 60 * MINUTE, startedAt: NOW - MINUTE, finishedAt: 0 };
  return makeContainer(makeDesired().container, { id: ID, state: 'running', pid: 77, ...times, ...over });
}

function event(action: string, time: number, over: Partial<EngineEvent> = {}): EngineEvent {
  const { name } = container();
  return { time, action, containerId: ID, containerName: name, labels: {}, attributes: {}, ...over };
}

const noted = (record: Omit<JournalRecord, 'time'>, time = NOW): JournalRecord => ({ ...record, time });

describe('the runs of a container', () => {
  test('are one where it was started once, with its process while it lives', () => {
    const runs = knownRuns(container(), [event('start', NOW - MINUTE + 30)], []);
    expect(runs).toEqual([
      { containerId: ID, present: true, run: { startedAt: NOW - MINUTE, endedAt: null, exitCode: null, oomKilled: false, pid: 77 } },
    ]);
  });

  test('are as many as the engine tells ends of, though it is started again at once each time', () => {
    const start = NOW - 10 * MINUTE;
    const events = [0, 1, 2].flatMap((turn) => [
      event('start', start + turn * 300),
      event('die', start + turn * 300 + 100, { exitCode: 1 }),
    ]);
    expect(knownRuns(container(), events, []).map(({ run }) => run.exitCode)).toEqual([1, 1, 1, null]);
  });

  test('have the present one once, which its state and its events tell a moment apart', () => {
    const ended = container({ state: 'exited', exitCode: 137, pid: 0, startedAt: NOW - 5 * MINUTE, finishedAt: NOW - MINUTE });
    const events = [event('start', NOW - 5 * MINUTE + 40), event('die', NOW - MINUTE + 60, { exitCode: 137 })];
    const runs = knownRuns(ended, events, []);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ present: true, run: { endedAt: NOW - MINUTE, exitCode: 137 } });
  });

  test('know by the journal the process of a run that is over', () => {
    const ended = container({ state: 'exited', exitCode: 137, pid: 0, finishedAt: NOW });
    const run = { startedAt: ended.startedAt, endedAt: null, exitCode: null, oomKilled: null, pid: 4711 };
    expect(knownRuns(ended, [], [noted(runRecord(ID, ended.name, run))]).at(-1)?.run.pid).toBe(4711);
  });

  test('tell of an out of memory before an end, which the state forgets with the next start', () => {
    const events = [
      event('start', NOW - 9 * MINUTE),
      event('oom', NOW - 2 * MINUTE),
      event('die', NOW - 2 * MINUTE + 30, { exitCode: 137 }),
    ];
    expect(knownRuns(container(), events, [])[0]?.run).toMatchObject({ exitCode: 137, oomKilled: true });
  });

  test('do not take over the word of the run before, which older engines keep', () => {
    const again = container({ oomKilled: true, finishedAt: NOW - 2 * MINUTE });
    expect(knownRuns(again, [], []).at(-1)?.run.oomKilled).toBeNull();
    expect(knownRuns(again, [event('oom', NOW - 1_000)], []).at(-1)?.run.oomKilled).toBe(true);
    expect(knownRuns(container({ oomKilled: true }), [], []).at(-1)?.run.oomKilled).toBe(true);
  });

  test('know an end without a code where the engine has forgotten all else', () => {
    const runs = knownRuns(container({ finishedAt: NOW - 2 * MINUTE }), [], []);
    expect(runs[0]).toMatchObject({ present: false, run: { endedAt: NOW - 2 * MINUTE, exitCode: null, oomKilled: null } });
  });

  test('hold those of a container that is gone, each once, by events and by the journal', () => {
    const run = { startedAt: NOW - 30 * MINUTE, endedAt: NOW - 20 * MINUTE, exitCode: 137, oomKilled: true, pid: 9 };
    const verdict = { verdict: 'oom.limit', code: 20, confidence: 'certain', meaning: 'It had no memory.' } as const;
    const death = noted(deathRecord({ containerId: GONE, containerName: container().name, run, ...verdict }));
    const events = [event('die', NOW - 20 * MINUTE + 80, { containerId: GONE, exitCode: 137 })];
    expect(knownRuns(container(), [], [death]).map(({ containerId }) => containerId)).toEqual([GONE, ID]);
    expect(knownRuns(container(), events, [death, death]).map(({ containerId }) => containerId)).toEqual([GONE, ID]);
  });

  test('begin not before the container, by the length that a newer engine tells, where no start is remembered', () => {
    const [told] = knownRuns(container(), [event('die', NOW - 5 * MINUTE, { exitCode: 2, attributes: { execDuration: '120' } })], []);
    expect(told?.run.startedAt).toBe(NOW - 7 * MINUTE);
    const [untold] = knownRuns(container(), [event('die', NOW - 5 * MINUTE, { exitCode: 2 })], []);
    expect(untold?.run.startedAt).toBe(NOW - 60 * MINUTE);
  });

  test('are one that never began where it was never started', () => {
    const never = container({ state: 'created', exitCode: 127, startedAt: 0, pid: 0, error: 'no such file' });
    expect(knownRuns(never, [], [])).toMatchObject([{ present: true, run: { startedAt: 0, endedAt: null, exitCode: 127 } }]);
  });

  test('end after they begin and have exactly one present, whatever events come in whatever order', () => {
    const anyEvent = fc.record({
      action: fc.constantFrom('start', 'die', 'oom', 'kill', 'stop', ''),
      time: fc.integer({ min: NOW - 100 * MINUTE, max: NOW + MINUTE }),
      containerId: fc.constantFrom(ID, GONE, ''),
      exitCode: fc.option(fc.integer(), { nil: undefined }),
      execDuration: fc.option(fc.constantFrom('1', '-4', 'x', '999999999'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anyEvent), (told) => {
        const events = told.map(({ execDuration, ...rest }) =>
          event(rest.action, rest.time, { ...rest, attributes: execDuration === undefined ? {} : { execDuration } }),
        );
        const sorted = events.toSorted((a, b) => a.time - b.time);
        const runs = knownRuns(container(), sorted, []);
        expect(runs.filter(({ present }) => present)).toHaveLength(1);
        for (const { run } of runs) if (run.endedAt !== null) expect(run.endedAt).toBeGreaterThanOrEqual(run.startedAt);
      }),
    );
  });
});
