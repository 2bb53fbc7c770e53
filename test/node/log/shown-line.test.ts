import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownLine } from '../../../src/node/log/shown-line.ts';

describe('a line shown to a person', () => {
  test.each([
    ['INFO [11-21|12:44:41.188] Imported  number=4 hash=cc…91 µs 😀\tx', undefined],
    ['\u001b[32mINFO \u001b[0m[11-21|12:44:41.188] coloured', 'INFO [11-21|12:44:41.188] coloured'],
    ['a\u001b[2Jb', 'a\\x1b[2Jb'],
    ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
    ['\u009b31mC1', '\\x9b31mC1'],
    ['over\rwritten', 'over\\x0dwritten'],
    ['NUL\u0000', 'NUL\\x00'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['\ud800', '\\ud800'],
  ])('%j cannot command the terminal', (text, shown) => expect(shownLine(text)).toBe(shown ?? text));

  test('holds nothing but printable characters and tabs, and keeps those', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = shownLine(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
        expect(shown).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(shown).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shownLine(text)).toBe(text);
      }),
    );
  });
});
