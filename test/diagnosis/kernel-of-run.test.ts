import { describe, expect, test } from 'vitest';
import type { OomKill } from '../../src/diagnosis/kernel/kernel-record.ts';
import { kernelOfRun } from '../../src/diagnosis/kernel-of-run.ts';
import type { KnownRun } from '../../src/diagnosis/known-runs.ts';
import { NOW } from '../node/make-node.ts';
import { ID, OTHER_ID } from './case-factory.ts';

const run = (startedAt: number, endedAt: number | null, exitCode: number | null, pid: number | null = null): KnownRun => ({
  ...{ containerId: ID, present: endedAt === null },
  run: { startedAt, endedAt, exitCode, oomKilled: null, pid },
});

const kill = (at: number, pid: number, id = ID): OomKill => ({
  ...{ kind: 'oom-kill', at, scope: 'limit', limitCgroup: `/docker/${id}`, victimCgroup: `/docker/${id}`, process: 'geth', pid },
  ...{ anonBytes: 1, limitBytes: 1, swapLimitBytes: 0, lines: [] },
});

describe('a kill of a container that was started again at once', () => {
  const before = run(NOW - 60_000, NOW - 1_000, 137);
  const now = run(NOW - 900, null, null);
  const both = [before, now];

  test('is of the run that ended of it, and not of the next, whose cgroup has the same path', () => {
    const records = [kill(NOW - 1_100, 5)];
    expect(kernelOfRun(records, before, both)).toEqual(records);
    expect(kernelOfRun(records, now, both)).toEqual([]);
  });

  test('is the same by a clock that is somewhat off', () => {
    const records = [kill(NOW + 2_000, 5)];
    expect(kernelOfRun(records, before, both)).toEqual(records);
    expect(kernelOfRun(records, now, both)).toEqual([]);
  });

  test('is of the run whose process was killed, whatever the clocks say', () => {
    const [first, second] = [run(NOW - 60_000, NOW - 1_500, 137, 5), run(NOW - 1_400, NOW - 1_000, 137, 6)];
    const records = [kill(NOW - 1_000, 5), kill(NOW - 1_000, 6)];
    expect(kernelOfRun(records, first, [first, second])).toEqual([records[0]]);
    expect(kernelOfRun(records, second, [first, second])).toEqual([records[1]]);
  });

  test('is of the run that lived through it, where the one before ended long ago', () => {
    const old = run(NOW - 600_000, NOW - 300_000, 137);
    const going = run(NOW - 299_000, null, null);
    const records = [kill(NOW - 5_000, 5)];
    expect(kernelOfRun(records, going, [old, going])).toEqual(records);
    expect(kernelOfRun(records, old, [old, going])).toEqual([]);
  });

  test('leaves what concerns other containers to every run', () => {
    const records = [kill(NOW - 1_100, 5, OTHER_ID)];
    expect([kernelOfRun(records, before, both), kernelOfRun(records, now, both)]).toEqual([records, records]);
  });
});
