import { describe, expect, test } from 'vitest';
import type { NodeStatus } from '../../../../src/node/node-status.ts';
import { GIB, MIB } from '../../../../src/node/size.ts';
import type { WarningKind } from '../../../../src/node/watch/early-warning.ts';
import { raisedOf, type TrackedWarnings, trackWarnings, WARNINGS } from '../../../../src/node/watch/warnings/track-warnings.ts';
import type { WarningSight } from '../../../../src/node/watch/warnings/warning-row.ts';
import { type Measured, measure, NO_WINDOWS } from '../../../../src/node/watch/windows.ts';
import { NOW } from '../../make-node.ts';
import { makeContainer, makeStatus } from '../make-sample.ts';

interface Moment extends Partial<Omit<WarningSight, 'status'>> {
  readonly status?: Partial<NodeStatus>;
  readonly measured?: Partial<Measured>;
}

/** Somebody who looks every ten seconds, from NOW on; what it saw last, and when each kind was raised and cleared (seconds). */
function looker() {
  let [time, windows, tracked]: [number, typeof NO_WINDOWS, TrackedWarnings] = [NOW, NO_WINDOWS, {}];
  const course: [number, string][] = [];
  const kinds = () => raisedOf(tracked).map(({ kind }) => kind);
  return {
    course,
    kinds,
    warning: (kind: WarningKind) => raisedOf(tracked).find((warning) => warning.kind === kind),
    /** Looks for `seconds` at what `moment` says of each second. */
    look(seconds: number, moment: (second: number) => Moment) {
      const began = time;
      for (; time < began + seconds * 1000; time += 10_000) {
        const { status, measured, ...over } = moment((time - began) / 1000);
        const none = { room: undefined, swappedIn: undefined, swappedOut: undefined, diskFree: undefined };
        windows = measure(windows, { time, ...none, ...measured }, true);
        const before = kinds();
        const sight: WarningSight = {
          ...{ time, status: makeStatus({ head: null, ...status }), company: 'consensus', privateChain: false, trend: null },
          ...{ memoryShare: 0.95, pressure: null, windows, lines: [], ...over },
        };
        tracked = trackWarnings(tracked, sight);
        const after = kinds();
        for (const kind of after) if (!before.includes(kind)) course.push([(time - NOW) / 1000, `+${kind}`]);
        for (const kind of before) if (!after.includes(kind)) course.push([(time - NOW) / 1000, `-${kind}`]);
      }
    },
  };
}

const dead = { container: makeContainer({ state: 'exited', exitCode: 137 }) };

describe('memory-limit', () => {
  const roomOf = (room: number): Moment => ({ measured: { room } });

  test('is raised when a quarter is left and half an hour until it is used up, with the minutes left', () => {
    const seen = looker();
    seen.look(300, (second) => roomOf(2.4 * GIB - second * 2 * MIB));
    expect(seen.kinds()).toEqual(['memory-limit']);
    const { text, inMs } = seen.warning('memory-limit') ?? {};
    expect(inMs).toBeGreaterThan(10 * 60_000);
    expect(inMs).toBeLessThan(30 * 60_000);
    expect(text).toMatch(/in 1\d|in 2\d/);
  });

  test('is not raised by a node that warms up far from its limits, nor by one that stays where it is', () => {
    for (const course of [(second: number) => 9 * GIB - second * 10 * MIB, () => 2 * GIB]) {
      const seen = looker();
      seen.look(300, (second) => roomOf(course(second)));
      expect(seen.course).toEqual([]);
    }
  });

  test('is raised at its limits without any slope, and stays while it only wavers', () => {
    const seen = looker();
    seen.look(60, () => roomOf(0.4 * GIB));
    expect(seen.warning('memory-limit')).toMatchObject({ inMs: null });
    seen.look(1_200, (second) => roomOf((second % 20 === 0 ? 0.45 : 0.55) * GIB));
    expect(seen.course).toEqual([[20, '+memory-limit']]);
  });

  test('is cleared a minute after there was room again, and a minute after there was no container to kill any more', () => {
    const seen = looker();
    seen.look(60, () => roomOf(0.4 * GIB));
    seen.look(120, () => roomOf(5 * GIB));
    seen.look(60, () => roomOf(0.4 * GIB));
    seen.look(120, () => ({ status: dead }));
    expect(seen.course).toEqual([
      [20, '+memory-limit'],
      [120, '-memory-limit'],
      [200, '+memory-limit'],
      [300, '-memory-limit'],
    ]);
  });

  test('is not raised by a heap that grows until it is collected', () => {
    const seen = looker();
    seen.look(3_600, (second) => roomOf(2 * GIB - (second % 120) * 2 * MIB));
    expect(seen.course).toEqual([]);
  });

  test('is not raised without a limit, nor where the kernel is not seen', () => {
    const seen = looker();
    const limits = { memoryBytes: null, swapBytes: null, cpus: null, pids: null };
    seen.look(60, () => ({ status: { limits }, measured: { room: 0 } }));
    seen.look(60, () => ({}));
    expect(seen.kinds()).toEqual([]);
  });
});

describe('swap-thrash', () => {
  const swapping = (rate: number): ((second: number) => Moment) => {
    return (second) => ({ measured: { swappedIn: 100 * GIB + rate * second, swappedOut: rate * second } });
  };

  test('is raised when the working set comes back from swap all the time, and cleared a minute after that ended', () => {
    const seen = looker();
    seen.look(60, swapping(6 * MIB));
    expect(seen.warning('swap-thrash')?.text).toContain('6.0 MiB/s in, 6.0 MiB/s out');
    seen.look(300, () => ({ measured: { swappedIn: 101 * GIB, swappedOut: GIB } }));
    expect(seen.course.map(([, what]) => what)).toEqual(['+swap-thrash', '-swap-thrash']);
  });

  test('is not raised by what is swapped once, by little, and far from the limit', () => {
    for (const [moment, share] of [
      [swapping(MIB), 0.95],
      [swapping(20 * MIB), 0.3],
      [() => ({ measured: { swappedIn: 5 * GIB, swappedOut: 5 * GIB } }), 0.95],
    ] as const) {
      const seen = looker();
      seen.look(120, (second) => ({ ...moment(second), memoryShare: share }));
      expect(seen.kinds()).toEqual([]);
    }
  });

  test('is raised by pressure alone, and kept between the two values', () => {
    const pressure = (memoryFull: number) => () => ({ pressure: { memorySome: 0.5, memoryFull, cpuSome: 0, ioSome: 0, ioFull: 0 } });
    const seen = looker();
    seen.look(60, pressure(0.3));
    seen.look(600, pressure(0.1));
    expect(seen.kinds()).toEqual(['swap-thrash']);
    seen.look(120, pressure(0));
    expect(seen.kinds()).toEqual([]);
  });
});

describe('disk-full', () => {
  const freeOf = (diskFree: number, over: Moment = {}): Moment => ({ ...over, measured: { diskFree } });

  test('is raised by a slope that fills the disk within a week, and tells when', () => {
    const seen = looker();
    seen.look(3_600, (second) => freeOf(100 * GIB - second * 0.3 * MIB));
    expect(seen.kinds()).toEqual(['disk-full']);
    expect(seen.warning('disk-full')?.text).toMatch(/full in [34]d/);
    expect(seen.course[0]?.[0]).toBeGreaterThanOrEqual(1_800);
  });

  test('is raised within minutes where it is a matter of minutes', () => {
    const seen = looker();
    seen.look(900, (second) => freeOf(12 * GIB - second * 10 * MIB));
    expect(seen.course[0]?.[0]).toBeLessThan(600);
  });

  test('is not raised while a sync ends before the disk is full, and is when it does not', () => {
    const eta = (ms: number) => ({ trend: { rate: 1, unit: 'blocks' as const, eta: { ms } } });
    const syncing = { status: { sync: { state: 'syncing' as const, phase: 'chain' as const, current: 1, highest: 2, pending: null } } };
    const course = (second: number) => 300 * GIB - second * 10 * MIB;
    for (const [ms, raised] of [
      [3_600_000, []],
      [24 * 3_600_000, ['disk-full']],
    ] as const) {
      const seen = looker();
      seen.look(3_600, (second) => freeOf(course(second), { ...syncing, ...eta(ms) }));
      expect(seen.kinds()).toEqual(raised);
    }
  });

  test('is raised by little room whatever the slope, also of a node that has stopped, and cleared by enough', () => {
    const seen = looker();
    seen.look(120, () => freeOf(0.5 * GIB, { status: dead }));
    seen.look(600, () => freeOf(1.5 * GIB));
    expect(seen.kinds()).toEqual(['disk-full']);
    seen.look(4 * 3_600, () => freeOf(50 * GIB));
    expect(seen.kinds()).toEqual([]);
  });
});

describe('what the chain says', () => {
  const sync = (state: NodeStatus['sync'], peers: number | null = 5): Moment => ({ status: { sync: state, peers } });
  const atHead = sync({ state: 'at-head', indexing: 0 });
  const waiting = sync({ state: 'waiting-for-consensus', reason: 'it is stopped' });

  test('no-consensus is raised after a minute of waiting, with the reason, and cleared half a minute after it', () => {
    const seen = looker();
    seen.look(120, () => waiting);
    expect(seen.warning('no-consensus')?.text).toContain('it is stopped');
    seen.look(60, () => atHead);
    expect(seen.course).toEqual([
      [60, '+no-consensus'],
      [150, '-no-consensus'],
    ]);
  });

  test('no-consensus stays as it is while geth does not answer', () => {
    const seen = looker();
    seen.look(120, () => waiting);
    seen.look(600, () => sync({ state: 'not-answering', reason: 'timeout' }));
    expect(seen.kinds()).toEqual(['no-consensus']);
  });

  test('head-stale is raised at once, and stays while only the reason becomes known', () => {
    const seen = looker();
    seen.look(10, () => sync({ state: 'stale', ageMs: 301_000 }));
    seen.look(40, () => waiting);
    expect(seen.kinds()).toEqual(['head-stale']);
    seen.look(60, () => atHead);
    expect(seen.kinds()).toEqual([]);
  });

  test.each([{ state: 'cut-off', told: 1210 }, { state: 'refuses-blocks' }] as const)(
    'head-stale tells of a node that is $state, too',
    (held) => {
      const seen = looker();
      seen.look(10, () => sync({ state: 'stale', ageMs: 301_000 }));
      seen.look(60, () => sync(held));
      expect(seen.course).toEqual([[0, '+head-stale']]);
      expect(seen.warning('head-stale')?.text).not.toContain(' old.');
    },
  );

  test('no-peers is raised after three minutes without any, and never where a node is alone', () => {
    const lonely = sync({ state: 'looking-for-peers' }, 0);
    const seen = looker();
    seen.look(240, () => lonely);
    expect(seen.course).toEqual([[180, '+no-peers']]);
    for (const over of [
      { company: 'alone' },
      { company: 'sealing' },
      { status: { ...atHead.status, peers: 0 }, privateChain: true },
    ] as const) {
      const other = looker();
      other.look(600, () => ({ ...lonely, ...over }));
      expect(other.kinds()).toEqual([]);
    }
  });

  test('no-peers is not raised by a peer that comes and goes', () => {
    const seen = looker();
    seen.look(900, (second) => sync({ state: 'at-head', indexing: 0 }, second % 100 === 0 ? 1 : 0));
    expect(seen.kinds()).toEqual([]);
  });

  test('clock-drift is raised by a head of the future that lasts, on a chain with slots alone', () => {
    const ahead = (ms: number, company: WarningSight['company'] = 'consensus') => {
      const seen = looker();
      seen.look(60, (second) => {
        const time = new Date(NOW + second * 1000 + ms).toISOString();
        return { company, status: { head: { number: 1, hash: '0x', time, ageMs: 0 } } };
      });
      return seen.kinds();
    };
    expect(ahead(6_000)).toEqual(['clock-drift']);
    expect(ahead(3_000)).toEqual([]);
    expect(ahead(-3_600_000)).toEqual([]);
    expect(ahead(60_000, 'sealing')).toEqual([]);
  });

  test("clock-drift is raised by geth's own words, and forgotten when they are old", () => {
    const seen = looker();
    const line = {
      time: NOW,
      text: 'WARN [11-21|12:00:00.000] System clock seems off by -1m37.5s, which can prevent network connectivity',
    };
    seen.look(60, () => ({ lines: [line] }));
    expect(seen.warning('clock-drift')?.text).toContain('-1m37.5s');
    seen.look(900, () => ({ lines: [line], status: { head: { number: 1, hash: '0x', time: new Date(NOW).toISOString(), ageMs: 0 } } }));
    expect(seen.kinds()).toEqual([]);
  });
});

test('each kind has one row, none has a warning of a node that is well', () => {
  const seen = looker();
  seen.look(7_200, () => ({ measured: { room: 6 * GIB, swappedIn: 0, swappedOut: 0, diskFree: 900 * GIB } }));
  expect(seen.course).toEqual([]);
  expect(new Set(WARNINGS.map(({ kind }) => kind)).size).toBe(7);
});

test('a clock that steps back begins the waiting anew, and never ends it early', () => {
  const rows = WARNINGS.filter(({ kind }) => kind === 'no-peers');
  const sight = (time: number): WarningSight => ({
    ...{ time, status: makeStatus({ peers: 0, sync: { state: 'looking-for-peers' } }), company: 'consensus', privateChain: false },
    ...{ trend: null, memoryShare: null, pressure: null, windows: NO_WINDOWS, lines: [] },
  });
  let tracked: TrackedWarnings = {};
  for (const time of [NOW, NOW - 3_600_000, NOW - 3_590_000]) tracked = trackWarnings(tracked, sight(time), rows);
  expect(raisedOf(tracked)).toEqual([]);
  tracked = trackWarnings(tracked, sight(NOW - 3_600_000 + 180_000), rows);
  expect(raisedOf(tracked)).toHaveLength(1);
});
