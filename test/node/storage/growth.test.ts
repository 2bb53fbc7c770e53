import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOf, LEAST_SPAN_MS } from '../../../src/node/storage/growth.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const GIB = 2 ** 30;

/** A look so many days ago that found so many GiB. */
const look = (daysAgo: number, gib: number) => ({ time: NOW - daysAgo * DAY, value: gib * GIB });
const perDay = (...looks: readonly (readonly [number, number])[]) => {
  const growth = growthOf(
    looks.map(([days, gib]) => look(days, gib)),
    NOW,
  );
  return growth && growth.bytesPerDay / GIB;
};

describe('growth', () => {
  test('is told by two looks, with how far they are apart', () => {
    expect(growthOf([look(2, 10), look(0, 14)], NOW)).toEqual({ bytesPerDay: 2 * GIB, overMs: 2 * DAY, looks: 2 });
  });

  test.each<[string, readonly (readonly [number, number])[], number | null]>([
    ['nothing was seen', [], null],
    ['one look says nothing', [[1, 10]], null],
    [
      'two that are near say nothing',
      [
        [0.1, 10],
        [0, 11],
      ],
      null,
    ],
    [
      'what was long ago does not count',
      [
        [20, 1],
        [0, 10],
      ],
      null,
    ],
    [
      'it stands',
      [
        [2, 10],
        [0, 10],
      ],
      0,
    ],
    [
      'it shrinks a little',
      [
        [2, 10],
        [0, 9],
      ],
      -0.5,
    ],
    [
      'looks in any order',
      [
        [0, 14],
        [2, 10],
        [1, 12],
      ],
      2,
    ],
    [
      'a prune begins it anew',
      [
        [4, 100],
        [3, 110],
        [2, 50],
        [0, 54],
      ],
      2,
    ],
    [
      'a prune a moment ago leaves nothing to tell',
      [
        [4, 100],
        [0, 50],
      ],
      null,
    ],
    [
      'a look of the future does not count',
      [
        [2, 10],
        [0, 14],
        [-5, 900],
      ],
      2,
    ],
  ])('%s', (_what, looks, wanted) => expect(perDay(...looks)).toBe(wanted));

  test('is not bent by a hundred looks in one hour', () => {
    const often = Array.from({ length: 100 }, (_, index) => [4 - index / 2400, 10] as const);
    expect(perDay(...often, [0, 14])).toBeCloseTo(1, 1);
  });

  test('is not bent by the peak of one compaction', () => {
    const looks = Array.from({ length: 11 }, (_, index) => [10 - index, 100 + index] as const);
    expect(perDay(...looks.map(([days, gib]) => [days, days === 5 ? gib * 1.15 : gib] as const))).toBeCloseTo(1, 5);
  });

  test('is bent little by a compaction that is at work now', () => {
    const looks = Array.from({ length: 11 }, (_, index) => [10 - index, 100 + index] as const);
    expect(perDay(...looks.map(([days, gib]) => [days, days === 0 ? gib * 1.15 : gib] as const))).toBeLessThan(2);
  });

  test('is found again, whenever somebody looked', () => {
    const days = fc.array(fc.double({ min: 0, max: 13, noNaN: true }), { minLength: 2, maxLength: 40 });
    return fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 100 }), (when, pace) => {
        const growth = growthOf(
          when.map((day) => look(day, 2000 - day * pace)),
          NOW,
        );
        const span = (Math.max(...when) - Math.min(...when)) * DAY;
        if (span < LEAST_SPAN_MS) return growth === null;
        return growth !== null && Math.abs(growth.bytesPerDay / GIB / pace - 1) < 0.001;
      }),
    );
  });
});
