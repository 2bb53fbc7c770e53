import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/node/duration.ts';

test.each([
  ['500ms', 500],
  ['2s', 2000],
  ['1m', 60_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['0s', 0],
])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', '5', '-1s', '1 s', 's', '1e3s', '1S', '1m 30s', '10y', `${'9'.repeat(40)}s`, '1s\n'])('refuses %j', (text) =>
  expect(parseDuration(text)).toBeUndefined(),
);

test.each([
  [0, '0ms'],
  [-5, '0ms'],
  [450, '450ms'],
  [999.6, '1000ms'],
  [12_000, '12s'],
  [200_000, '3m 20s'],
  [180_000, '3m'],
  [7_500_000, '2h 5m'],
  [3_600_000 + 5000, '1h'],
  [357_000_000, '4d 3h'],
])('writes %d as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('what is written can be read, and is at most one smaller unit off', () => {
  const property = fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (ms) => {
    const back = parseDuration(formatDuration(ms).replaceAll(' ', ''));
    return back !== undefined && back <= ms && ms - back < Math.max(1000, ms * 0.05);
  });
  void fc.assert(property);
});
