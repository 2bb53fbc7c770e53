import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the command line of network:pos', () => {
  it('asks without a word for the network that finalizes soonest', () => {
    expect(readOptions([])).toEqual({
      network: { slotSeconds: 3, slotsPerEpoch: 8, fork: 'electra', secondBeacon: false },
      json: false,
      untilFinalized: false,
    });
  });

  it('takes every option', () => {
    expect(readOptions(['--slots', '2s', '--fork', 'fulu', '--second-beacon', '--until', 'finalized', '--json'])).toEqual({
      network: { slotSeconds: 2, slotsPerEpoch: 32, fork: 'fulu', secondBeacon: true },
      json: true,
      untilFinalized: true,
    });
  });

  it('knows when help is wanted', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--slots', '0s']],
    [['--slots', '3']],
    [['--epoch', '9']],
    [['--fork', 'fulu', '--epoch', '8']],
    [['--fork', 'gloas']],
    [['--until', 'dawn']],
    [['--port', '1']],
    [['extra']],
  ])('refuses %j', (words) => {
    expect(() => readOptions(words)).toThrow();
  });
});
