import { describe, expect, it } from 'vitest';
import type { NodeSample } from '../../../../src/node/watch/sample.ts';
import { addSample, SPAN_MS } from '../../../../src/node/watch/view/view.ts';
import { makeSample, NOW } from './make-sample.ts';

describe('the window of samples', () => {
  it.each([250, 2_000, 60_000])('stays bounded at an interval of %i ms, and shows the whole span', (interval) => {
    let samples: readonly NodeSample[] = [];
    let most = 0;
    for (let at = 0; at <= 2_000; at++) {
      samples = addSample(samples, makeSample({ time: NOW + at * interval }));
      most = Math.max(most, samples.length);
    }
    expect(most).toBeLessThanOrEqual(120);
    expect(samples.at(-1)?.time).toBe(NOW + 2_000 * interval);
    const seen = NOW + 2_000 * interval - (samples[0]?.time ?? 0);
    expect(seen).toBeLessThanOrEqual(SPAN_MS);
    expect(seen).toBeGreaterThan(SPAN_MS * 0.95 - interval);
  });

  it('begins anew when the clock steps back', () => {
    const samples = addSample(addSample([], makeSample()), makeSample({ time: NOW - 1_000 }));
    expect(samples.map(({ time }) => time)).toEqual([NOW - 1_000]);
  });
});
