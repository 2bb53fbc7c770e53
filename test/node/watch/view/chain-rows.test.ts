import { describe, expect, it } from 'vitest';
import { chainRows } from '../../../../src/node/watch/view/chain-rows.ts';
import { makeSample, makeStatus, NOW } from './make-sample.ts';

/** The row of peers, of a node that has so many, and of which these came and went two minutes ago. */
function peersRow(peers: number | null, directions: { inbound: number; outbound: number } | null): string | undefined {
  const sample = makeSample({
    status: makeStatus({ peers }),
    directions: directions && { time: NOW - 120_000, ...directions },
  });
  return chainRows([sample], NOW).find(({ label }) => label === 'Peers')?.texts[0];
}

describe('the row of peers', () => {
  it('says how many came and how many it went to', () => {
    expect(peersRow(12, { inbound: 3, outbound: 9 })).toBe('12, 3 in and 9 out');
  });

  it('says of when that is, where it no longer adds up', () => {
    expect(peersRow(11, { inbound: 3, outbound: 9 })).toBe('11, 3 in and 9 out 2m ago');
  });

  it('has the number alone where nobody asked, or there is nobody', () => {
    expect(peersRow(12, null)).toBe('12');
    expect(peersRow(0, { inbound: 1, outbound: 0 })).toBe('0');
    expect(peersRow(null, { inbound: 1, outbound: 0 })).toBeUndefined();
  });
});
