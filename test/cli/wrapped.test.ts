import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapped } from '../../src/cli/wrapped.ts';

test('a text breaks between words, behind its indent', () => {
  expect(wrapped('one two three four', 9, '  ')).toBe('one two\n  three\n  four');
  expect(wrapped('', 9, '  ')).toBe('');
});

test('no line is longer than asked, and no letter is lost, whatever words there are', () => {
  const text = fc.array(fc.stringMatching(/^[a-z]{1,40}$/), { maxLength: 20 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.integer({ min: 6, max: 30 }), (words, columns) => {
      const lines = wrapped(words, columns, '  ').split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
    }),
  );
});
