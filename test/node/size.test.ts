import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSize, GIB, MIB, parseSize } from '../../src/node/size.ts';
import { errorOf } from '../error-code.ts';

const parse = (text: string) => parseSize(text, '--memory');

// Each row was tried with docker 28.2.2's own `docker run --memory`.
describe('a size that docker accepts means the same here', () => {
  test.each([
    ['1e9', 1_000_000_000],
    ['1e+9', 1_000_000_000],
    ['1E9', 1_000_000_000],
    ['2 G', 2 * GIB],
    ['.5g', GIB / 2],
    ['+.5g', GIB / 2],
    ['5.g', 5 * GIB],
    ['+2g', 2 * GIB],
    ['1e2m', 100 * MIB],
    ['2g', 2 * GIB],
    ['2G', 2 * GIB],
    ['2GB', 2 * GIB],
    ['2gib', 2 * GIB],
    ['2GiB', 2 * GIB],
    ['2kib', 2048],
    ['1.5t', 1.5 * 1024 * GIB],
    ['1p', 1024 * 1024 * GIB],
    ['2b', 2],
    ['2 b', 2],
    ['8388608', 8 * MIB],
    ['0', 0],
  ])('%j', (text, bytes) => {
    expect(parse(text)).toBe(bytes);
  });
});

describe('a size that docker refuses is INVALID_SIZE', () => {
  const refused = ['', ' ', ' 2G', '2g ', '2  G', '2,5G', '2X', '-1', '-2G', '1.5.5G', '0x10m', 'infg', 'nan', 'NaN', '2bb', '2ib', '2e'];
  test.each([...refused, 'g', '.', '++2g', '2g2', '1e400', '2\u0130b', '\uff12G', '2G\n', '2G;rm -rf /', '2\u0000G'])('%j', (text) => {
    expect(errorOf(() => parse(text)).code).toBe('INVALID_SIZE');
  });

  test('and so is one that no machine has, although docker lets it overflow', () => {
    expect(errorOf(() => parse('1'.repeat(40))).code).toBe('INVALID_SIZE');
    expect(errorOf(() => parse('9e9g')).code).toBe('INVALID_SIZE');
  });

  test('a decimal comma is answered with the point', () => {
    expect(errorOf(() => parse('2,5G')).hint).toContain('2.5G');
  });

  test('a huge text is not repeated whole', () => {
    expect(errorOf(() => parse('x'.repeat(10_000))).message.length).toBeLessThan(200);
  });
});

describe('a bare number too small to be meant is refused with the likely unit', () => {
  test.each([
    ['2', '2G'],
    ['16', '16G'],
    ['512', '512M'],
    ['2048', '2048M'],
    ['1.5', '1.5G'],
    ['0.5', '0.5G'],
    ['2 ', '2G'],
  ])('%j: %s', (text, likely) => {
    const error = errorOf(() => parse(text));
    expect(error.code).toBe('INVALID_SIZE');
    expect(error.hint).toContain(likely);
  });
});

describe('sizes, whatever the number', () => {
  const units = { '': 1, k: 1024, m: MIB, g: GIB, t: 1024 * GIB } as const;
  const unit = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));
  const suffix = fc.constantFrom('', 'b', 'ib').chain((rest) => unit.map((letter) => ({ letter, rest: letter === '' ? '' : rest })));

  test('a whole number of a unit is that many bytes in any spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8191 }), suffix, fc.boolean(), fc.boolean(), (number, { letter, rest }, upper, space) => {
        fc.pre(letter !== '');
        const text = `${number}${space ? ' ' : ''}${letter}${rest}`;
        expect(parse(upper ? text.toUpperCase() : text)).toBe(number * units[letter]);
      }),
    );
  });

  test('what is printed reads back as what was printed, within its two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8 * MIB, max: 2 ** 50 }), (bytes) => {
        expect(Math.abs(parse(formatSize(bytes)) - bytes) / bytes).toBeLessThan(0.006);
      }),
    );
  });

  test('any text gives a whole number of bytes or INVALID_SIZE', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.e+ kmgtib-]{0,12}$/)), (text) => {
        let bytes: number;
        try {
          bytes = parse(text);
        } catch {
          expect(errorOf(() => parse(text)).code).toBe('INVALID_SIZE');
          return;
        }
        expect(Number.isSafeInteger(bytes) && bytes >= 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [1.5 * GIB, '1.5 GiB'],
  [512 * MIB, '512 MiB'],
  [2 * 1024 * GIB, '2 TiB'],
  [Number.POSITIVE_INFINITY, 'unlimited'],
])('%d bytes are printed as %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
