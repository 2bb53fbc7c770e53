import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Progress, progress } from '../../../src/node/sync/progress.ts';
import { addPoint, directionOf, MOST_POINTS, type Point, rateOf } from '../../../src/node/sync/rate.ts';
import { judgeTrend, stallOf } from '../../../src/node/sync/stall.ts';
import { remember, rememberPhases, type SyncMemories, type SyncMemory, trendOf } from '../../../src/node/sync/trend.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

/** The memory of samples every `every` ms. */
function watched(samples: readonly Progress[], every = 10 * SECOND, peers: number | undefined = 5, start = 1e12): SyncMemory {
  let memory: SyncMemory | undefined;
  samples.forEach((sample, at) => {
    memory = remember(memory, { time: start + at * every, progress: sample, peers });
  });
  if (memory === undefined) throw new Error('no sample was given');
  return memory;
}
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_none, at) => make(at));
const chain = (done: number, total = 10_000) => progress('chain', 'blocks', done, total);
const healing = (done: number, pending: number): Progress => ({ ...progress('healing', 'trie nodes', done, null), pending });

describe('a rate', () => {
  test('is told after three points over twenty seconds, and not before', () => {
    const points = [0, 10, 20, 30].map((second) => ({ time: second * SECOND, value: second * 7 }));
    expect([rateOf([]), rateOf(points.slice(0, 2)), rateOf(points.slice(0, 3))]).toEqual([null, null, 7]);
    expect(rateOf(points.map((point) => ({ ...point, time: point.time / 2 })))).toBeNull();
  });

  test('forgets what is older than its window', () => {
    const points = times(200, (at) => ({ time: at * 10 * SECOND, value: at < 100 ? at * 1_000 : 100_000 + at }));
    const window = points.reduce<readonly Point[]>((kept, point) => addPoint(kept, point), []);
    expect(rateOf(window)).toBeCloseTo(0.1, 5);
  });

  test('begins anew when the clock steps back', () => {
    expect(addPoint([{ time: 50, value: 1 }], { time: 10, value: 2 })).toEqual([{ time: 10, value: 2 }]);
  });

  test('needs a window of constant size for 100,000 samples, at any distance of time', () => {
    for (const every of [1, 1_000, 7_777, 60_000]) {
      let window: readonly Point[] = [];
      let memories: SyncMemories = {};
      let most = 0;
      for (let at = 0; at < 100_000; at += 1) {
        const time = 1e12 + at * every;
        window = addPoint(window, { time, value: at });
        memories = rememberPhases(memories, { time, phases: [chain(at, 200_000), healing(at, 9)], peers: 3 });
        most = Math.max(most, window.length, memories.healing?.pending.length ?? 0, memories.chain?.left.length ?? 0);
      }
      expect(most).toBeLessThanOrEqual(MOST_POINTS);
      expect(window.at(-1)?.value).toBe(99_999);
    }
  });
});

describe('the time to go', () => {
  test('follows from how fast the rest shrinks, with what the chain gains meanwhile', () => {
    const memory = watched(times(13, (at) => chain(at * 100, 10_000 + at * 50)));
    expect(trendOf(memory)).toMatchObject({ rate: 10, unit: 'blocks' });
    const left = 10_000 + 12 * 50 - 12 * 100;
    expect(trendOf(memory).eta).toEqual({ ms: (left / 5) * 1000 });
  });

  test('is not told before enough was seen, nor where the end runs away', () => {
    expect(trendOf(watched([chain(1)])).eta).toHaveProperty('none');
    expect(trendOf(watched(times(13, (at) => chain(at, 10_000 + at * 2)))).eta).toHaveProperty('none');
    expect(trendOf(watched(times(13, () => chain(5)))).eta).toHaveProperty('none');
    expect(trendOf(watched(times(13, (at) => chain(at, 1e15)))).eta).toHaveProperty('none');
  });

  test.each([
    ['falling', (at: number) => 90_000 - at * 5_000],
    ['growing', (at: number) => 10_000 + at * 5_000],
    ['steady', (at: number) => 50_000 + (at % 2) * 100],
  ])('is none for healing: what is pending is told, and that it is %s', (direction, pending) => {
    const { eta } = trendOf(watched(times(13, (at) => healing(at, pending(at)))));
    expect(eta).toEqual({ none: expect.stringContaining(String(pending(12))) });
    expect(eta).toEqual({ none: expect.stringContaining(direction) });
  });

  test('follows from the percentage where only the log of geth tells how much state there is', () => {
    const state = (at: number) => ({ ...progress('state', 'accounts', at * 50, null), fraction: at / 100 });
    expect(trendOf(watched(times(13, state)))).toEqual({ rate: 5, unit: 'accounts', eta: { ms: 880_000 } });
  });

  test('is never negative nor no number, whatever is sampled', () => {
    const count = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(0));
    const sample = fc.record({
      step: fc.integer({ min: -5_000, max: 400_000 }),
      done: count,
      total: fc.option(count),
      pending: fc.option(count),
    });
    const phase = fc.constantFrom(['chain', 'blocks'], ['healing', 'trie nodes'], ['state', 'accounts'], ['indexing', 'blocks']);
    const run = fc.property(phase, fc.array(sample, { maxLength: 40 }), ([name, unit], samples) => {
      let memory: SyncMemory | undefined;
      let time = 1e12;
      for (const { step, done, total, pending } of samples) {
        time += step;
        const row = { ...progress(name as Progress['phase'], unit as Progress['unit'], done, total), pending };
        memory = remember(memory, { time, progress: row, peers: 1 });
        const { rate, eta } = trendOf(memory);
        expect(rate === null || Number.isFinite(rate)).toBe(true);
        if ('ms' in eta) expect(Number.isFinite(eta.ms) && eta.ms >= 0).toBe(true);
        const stall = stallOf(memory);
        if (stall !== undefined) expect(Number.isFinite(stall.forMs) && stall.forMs > 0).toBe(true);
      }
    });
    fc.assert(run, { numRuns: 500 });
  });
});

describe('a stall', () => {
  const still = (count: number, peers?: number) =>
    watched(
      times(count, () => chain(5)),
      MINUTE,
      peers,
    );

  test('is ten minutes without a block, not nine', () => {
    expect(stallOf(still(10, 3))).toBeUndefined();
    expect(stallOf(still(11, 3))).toMatchObject({ forMs: 10 * MINUTE });
  });

  test('is none where there is nobody to get anything from, and counts from the first peer', () => {
    expect(stallOf(still(30, 0))).toBeUndefined();
    let memory = still(30, 0);
    const alone = memory.latest.time;
    for (const at of times(10, (n) => n + 1)) memory = remember(memory, { time: alone + at * MINUTE, progress: chain(5), peers: 2 });
    expect(stallOf(memory)).toMatchObject({ forMs: 10 * MINUTE });
  });

  test('is not concluded across a hole, nor from a step of the clock', () => {
    const before = still(9, 3);
    for (const jump of [6 * MINUTE, 3_600 * MINUTE, -MINUTE]) {
      expect(stallOf(remember(before, { time: before.latest.time + jump, progress: chain(5), peers: 3 }))).toBeUndefined();
    }
  });

  test('is half an hour of healing whose pending does not fall, though it heals', () => {
    const heal = (minutes: number, pending: (at: number) => number) =>
      watched(
        times(minutes + 1, (at) => healing(at * 1_000, pending(at))),
        MINUTE,
      );
    expect(stallOf(heal(25, () => 50_000))).toBeUndefined();
    expect(stallOf(heal(31, () => 50_000))).toMatchObject({ reason: expect.stringContaining('steady') });
    expect(stallOf(heal(31, (at) => 50_000 + at * 1_000))).toMatchObject({ reason: expect.stringContaining('growing') });
    expect(stallOf(heal(31, (at) => 90_000 - at * 1_000))).toBeUndefined();
  });

  test('turns `syncing` of the same phase into `stalled`, and no other state', () => {
    const syncing = { state: 'syncing', phase: 'chain', current: 5, highest: 10_000, pending: null } as const;
    expect(judgeTrend(syncing, still(11, 3))).toMatchObject({ state: 'stalled', phase: 'chain', forMs: 10 * MINUTE });
    expect(judgeTrend(syncing, still(5, 3))).toBe(syncing);
    expect(judgeTrend(syncing, undefined)).toBe(syncing);
    expect(judgeTrend({ ...syncing, phase: 'state' }, still(11, 3)).state).toBe('syncing');
    expect(judgeTrend({ state: 'at-head', indexing: 0 }, still(11, 3)).state).toBe('at-head');
  });
});

test('a direction is told by the ends of the window, not by a single jump', () => {
  const jumpy = times(30, (at) => ({ time: at * SECOND, value: at === 29 ? 500 : 100 - (at % 3) }));
  expect(directionOf(jumpy)).toBe('growing');
  expect(directionOf(jumpy.slice(0, 29))).toBe('steady');
});

test('a phase that pauses for a moment keeps its memory, and one that ended is forgotten', () => {
  let memories: SyncMemories = {};
  const look = (time: number, phases: readonly Progress[]) => {
    memories = rememberPhases(memories, { time, phases, peers: 1 });
  };
  look(0, [chain(1), healing(1, 5)]);
  look(MINUTE, [chain(2)]);
  look(2 * MINUTE, [chain(3), healing(2, 5)]);
  expect(memories.healing?.done).toHaveLength(2);
  for (const at of times(6, (n) => 3 + n)) look(at * MINUTE, [chain(at)]);
  expect(Object.keys(memories)).toEqual(['chain']);
});
