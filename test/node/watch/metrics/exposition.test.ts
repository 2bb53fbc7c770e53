import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expositionText } from '../../../../src/node/watch/metrics/exposition.ts';
import { parseExposition } from './parse-exposition.ts';

const family = (labels: Readonly<Record<string, string>>, value: number, help = 'Help.') =>
  ({ name: 'a_metric', type: 'gauge', help, series: [{ labels, value }] }) as const;

describe('the text that Prometheus reads', () => {
  it('has HELP and TYPE before the series, a line each', () => {
    const text = expositionText([
      {
        name: 'b_total',
        type: 'counter',
        help: 'Counts.',
        series: [
          { labels: { node: 'x', part: 'y' }, value: 3 },
          { labels: { node: 'z', part: '' }, value: 0.5 },
        ],
      },
      family({}, 1),
    ]);
    expect(text).toBe(
      [
        ...['# HELP b_total Counts.', '# TYPE b_total counter', 'b_total{node="x",part="y"} 3', 'b_total{node="z",part=""} 0.5'],
        ...['# HELP a_metric Help.', '# TYPE a_metric gauge', 'a_metric 1', ''],
      ].join('\n'),
    );
  });

  it('says nothing of a metric without series', () => {
    expect(expositionText([{ ...family({}, 1), series: [] }])).toBe('');
  });

  it('escapes what would end a label value or a help text', () => {
    expect(expositionText([family({ node: 'a"b\\c\nd' }, 1, 'one\\two\nthree "four"')])).toBe(
      '# HELP a_metric one\\\\two\\nthree "four"\n# TYPE a_metric gauge\na_metric{node="a\\"b\\\\c\\nd"} 1\n',
    );
  });

  it.each([
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
    [1e21, '1e+21'],
    [9_007_199_254_740_991, '9007199254740991'],
    [1_795_262_400.123, '1795262400.123'],
  ])('writes %d as Go reads it', (value, text) => {
    expect(expositionText([family({}, value)])).toContain(`\na_metric ${text}\n`);
  });

  it('can be read back whatever its labels and values are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.double({ noNaN: true }), (one, other, value) => {
        const labels = { one, other };
        expect(parseExposition(expositionText([family(labels, value)])).get('a_metric')?.series).toEqual([{ labels, value: value + 0 }]);
      }),
    );
  });
});
