import { describe, expect, it } from 'vitest';
import { cut, padded, widthOf, wrap } from '../../../../src/node/watch/view/cell-width.ts';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['█░▁▂ …', 6],
    ['日本語', 6],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['🚀', 2],
    ['Ä', 1],
    ['ﾊﾝ', 2],
  ])('of %j is %i cells', (text, cells) => expect(widthOf(text)).toBe(cells));
});

describe('cutting', () => {
  it.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['日', 1, '…'],
    ['any', 0, ''],
  ])('%j to %i cells gives %j', (text, cells, cutText) => expect(cut(text, cells, '…')).toBe(cutText));

  it('does not keep thousands of marks on one character', () => {
    expect(cut(`e${'\u0301'.repeat(10_000)}`, 10, '…').length).toBeLessThan(50);
  });
});

describe('wrapping', () => {
  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['unbroken', 3, ['unb', 'rok', 'en']],
    ['日本語', 4, ['日本', '語']],
    ['日a', 1, ['a']],
    ['fits', 4, ['fits']],
    ['', 4, []],
  ])('%j at %i cells gives %j', (text, cells, lines) => expect(wrap(text, cells)).toEqual(lines));
});

describe('padding', () => {
  it('counts cells, not characters', () => expect(padded('日', 4)).toBe('日  '));
});
