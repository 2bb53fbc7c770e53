import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogPlace } from '../../../src/node/log/log-place.ts';
import type { LogLine } from '../../../src/ports/engine.ts';

const line = (nanoseconds: number, index: number): LogLine => ({
  ...{ stream: 'stderr', text: String(index) },
  time: `2026-11-21T12:00:00.${String(nanoseconds).padStart(9, '0')}Z`,
});

test('a log that is read again from its place tells no line twice and leaves none out', () => {
  const times = fc.array(fc.nat({ max: 3_000_000 }), { maxLength: 30 }).map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.nat(), (nanoseconds, cut) => {
      const log = nanoseconds.map(line);
      const before = log.slice(0, cut % (log.length + 1));
      const place = new LogPlace();
      for (const passed of before) place.pass(passed);
      // As the engine does it: everything from the millisecond on.
      const again = log.filter(({ time }) => Date.parse(time) >= (place.since ?? 0));
      expect([...before, ...again.filter(place.onlyNew())]).toEqual(log);
    }),
  );
});

test('a log of which nothing was read is read from its beginning', () => {
  const place = new LogPlace();
  expect(place.since).toBeUndefined();
  expect([line(1, 0), line(2, 1)].filter(place.onlyNew())).toHaveLength(2);
});
