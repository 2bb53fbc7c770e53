import { describe, expect, it } from 'vitest';
import { repaint } from '../../../../src/node/watch/view/repaint.ts';
import { Screen } from './screen.ts';

describe('repainting', () => {
  it.each([
    [undefined, ['one', 'two']],
    [
      ['one', 'two'],
      ['one', 'TWO!'],
    ],
    [['long line', 'two'], ['short']],
    [['one'], ['one', 'two', 'three']],
    [['a', 'b', 'c'], []],
  ])('of %j gives the screen %j', (before, after) => {
    const screen = new Screen();
    screen.write(repaint(undefined, before ?? ['what stood there before', 'and more']));
    screen.write(repaint(before, after));
    expect(screen.lines()).toEqual(after);
    expect(screen.wraps).toBe(true);
  });

  it('writes nothing where nothing changed', () => expect(repaint(['one', 'two'], ['one', 'two'])).toBe(''));
  it('writes the lines that changed alone', () => expect(repaint(['one', 'two'], ['one', 'TWO'])).not.toContain('one'));
});
