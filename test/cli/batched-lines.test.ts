import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchedLines } from '../../src/cli/batched-lines.ts';

test('writes every line once, in order and whole', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constant('x'.repeat(40_000)), fc.constant(undefined)), { maxLength: 12 }), (given) => {
      const written: string[] = [];
      const lines = batchedLines((text) => written.push(text));
      for (const line of given) line === undefined ? lines.flush() : lines.write(line);
      lines.flush();
      const expected = given.flatMap((line) => (line === undefined ? [] : [`${line}\n`]));
      expect(written.join('')).toBe(expected.join(''));
    }),
  );
});

test('holds little back, and nothing beyond one go of the event loop', async () => {
  const written: string[] = [];
  const { write } = batchedLines((text) => written.push(text));
  for (let line = 0; line < 1_000; line++) write('x'.repeat(1_000));
  expect(written.join('').length).toBeGreaterThan(900_000);
  expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(70_000);
  await new Promise(setImmediate);
  expect(written.join('').length).toBe(1_001_000);
});
