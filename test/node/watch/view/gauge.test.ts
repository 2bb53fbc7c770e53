import { describe, expect, it } from 'vitest';
import { bar, sparkline } from '../../../../src/node/watch/view/gauge.ts';

const UNICODE = { unicode: true };
const WINDOW = { now: 10_000, spanMs: 10_000 };
const points = (...values: readonly (number | null)[]) => values.map((value, at) => ({ time: 1_000 * (at + 11 - values.length), value }));

describe('a bar', () => {
  it.each([
    [0, '░░░░'],
    [0.5, '██░░'],
    [0.999, '███░'],
    [1, '████'],
    [7, '████'],
    [-1, '░░░░'],
    [null, '    '],
  ])('of %j', (share, drawn) => expect(bar(share, 4, UNICODE)).toBe(drawn));

  it('is ASCII where it has to be', () => expect(bar(0.5, 4, { unicode: false })).toBe('##--'));
});

describe('a sparkline', () => {
  const spark = (...values: readonly (number | null)[]) => sparkline({ points: points(...values), top: 8 }, 10, WINDOW, UNICODE);

  it('rises with its values and ends now', () => expect(spark(0, 1, 2, 3, 4, 5, 6, 7, 8, 8)).toBe('▁▂▃▄▅▆▇███'));
  it('begins where something was seen', () => expect(spark(8, 8, 8)).toBe('       ███'));
  it('is blank where nothing was known', () => expect(spark(8, 8, 8, null, null, 8, 8, 8, 8, 8)).toBe('███  █████'));
  it('keeps within its levels', () => expect(spark(-5, 1e9)).toBe('        ▁█'));

  it('lets a value stand until the next, but not across a hole', () => {
    const seen = [1, 2, 3, 5, 6, 10].map((second) => ({ time: second * 1_000, value: 8 }));
    expect(sparkline({ points: seen, top: 8 }, 10, WINDOW, UNICODE)).toBe('███████  █');
  });

  it('shows the highest of what falls into one cell', () => {
    const seen = [0, 8, 0].map((value, at) => ({ time: 10_000 + at * 100, value }));
    expect(sparkline({ points: seen, top: 8 }, 10, { now: 10_900, spanMs: 10_000 }, UNICODE).at(-1)).toBe('█');
  });

  it('does not move while time goes on within a cell', () => {
    const drawn = (now: number) => sparkline({ points: points(1, 4, 2, 8), top: 8 }, 5, { now, spanMs: 10_000 }, UNICODE);
    expect(drawn(11_900)).toBe(drawn(10_000));
  });
});
