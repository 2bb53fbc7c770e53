import { describe, expect, it } from 'vitest';
import { checkpointNotes } from '../../../src/node/endpoints/checkpoint-notes.ts';
import { clockSkew, clockWarning } from '../../../src/node/endpoints/clock-skew.ts';

const TAKEN = { root: `0x${'12'.repeat(32)}`, epoch: 7, confirmed: true, rejected: [], clockSkewMs: 500 };

describe('what a plan says of a checkpoint', () => {
  it('names who vouches for it, and no secret of their addresses', () => {
    const notes = checkpointNotes('The consensus client', { ...TAKEN, agreed: ['https://u:KEY@a.example/KEY', 'https://b.example?k=KEY'] });
    expect(notes).toEqual([expect.stringMatching(/epoch 7 .*https:\/\/a\.example, https:\/\/b\.example agree/)]);
    expect(notes.join()).not.toContain('KEY');
  });

  it('says that nobody confirmed the word of one, who was left out, and that the clock is off', () => {
    const rejected = [{ shown: 'https://c.example', role: 'checkpoints' as const, reason: 'it hangs' }];
    const notes = checkpointNotes('The consensus client', {
      ...TAKEN,
      agreed: ['https://a.example'],
      confirmed: false,
      rejected,
      clockSkewMs: -90_000,
    });
    expect(notes).toEqual([
      expect.stringContaining('alone'),
      'Not used: https://c.example: it hangs.',
      expect.stringContaining('1m 30s behind'),
    ]);
  });
});

describe("this machine's clock against the servers'", () => {
  it.each([
    [[], undefined],
    [[1000], 1000],
    [[90_000, 89_000, -5_000_000], 89_000],
    [[0, 90_000], 0],
  ])('of samples %j is %s', (samples, skew) => {
    expect(clockSkew(samples)).toBe(skew);
  });

  it.each([
    [undefined, false],
    [14_000, false],
    [-14_000, false],
    [90_000, true],
    [-90_000, true],
  ])('is told at %s ms: %s', (skew, is) => {
    expect(clockWarning(skew) !== undefined).toBe(is);
  });
});
