import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeWard, type Reading, type WardSight, withReading } from '../../../src/node/guard/judge-ward.ts';
import { GIB, MIB } from '../../../src/node/size.ts';

const NOW = 1_000_000_000;
const judge = (readings: readonly Reading[], change: Partial<WardSight> = {}) =>
  judgeWard({ limit: 2 * GIB, least: 512 * MIB, readings, now: NOW, intervalMs: 30_000, ...change });
const at = (secondsAgo: number, bytes: number): Reading => ({ time: NOW - secondsAgo * 1000, bytes });

describe('a chain that is kept to a size', () => {
  test.each([
    ['goes on with just so much left', 1536 * MIB, 'well'],
    ['is stopped with less', 1536 * MIB + 1, 'stop'],
    ['is stopped above its size', 9 * GIB, 'stop'],
  ] as const)('%s', (_what, bytes, kind) => {
    expect(judge([at(0, bytes)]).kind).toBe(kind);
  });

  test('is not judged before it was measured', () => {
    expect(judge([])).toEqual({ kind: 'blind' });
  });

  test('counts as grown on at its pace while it cannot be measured', () => {
    // 10 MiB a second.
    const grows = [at(110, 0), at(100, 100 * MIB)];
    expect(judge(grows)).toMatchObject({ kind: 'well', bytes: 1100 * MIB });
    expect(judge(grows, { now: NOW + 60_000 }).kind).toBe('stop');
  });

  test('that stands still, or shrinks, is looked at at the usual pace', () => {
    expect(judge([at(60, GIB), at(0, GIB)])).toEqual({ kind: 'well', bytes: GIB, nextMs: 30_000 });
    expect(judge([at(60, GIB), at(0, 100 * MIB)])).toMatchObject({ kind: 'well', nextMs: 30_000 });
  });

  test('is looked at again before it can be at its size', () => {
    // 10 MiB a second, 100 MiB to go: 10 s.
    const near = judge([at(10, 1336 * MIB), at(0, 1436 * MIB)]);
    expect(near).toMatchObject({ kind: 'well', nextMs: 5_000 });
    expect(judge([at(10, 0), at(0, 1535 * MIB)])).toMatchObject({ nextMs: 1_000 });
  });

  test('whatever it does, is stopped before it is at its size by as much as is to be left, one look late at most', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, (growth) => {
        let readings: readonly Reading[] = [];
        let [time, bytes] = [NOW, 0];
        for (const mibs of growth) {
          bytes += mibs * MIB;
          time += 1_000;
          readings = withReading(readings, { time, bytes });
          const verdict = judge(readings, { now: time });
          if (bytes > 1536 * MIB) expect(verdict.kind).toBe('stop');
        }
        expect(readings.length).toBeLessThanOrEqual(601);
      }),
    );
  });
});
