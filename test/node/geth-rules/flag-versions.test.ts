import { describe, expect, test } from 'vitest';
import { FLAG_ROWS, flagRange, hasFlag } from '../../../src/node/geth-rules/flag-versions.ts';
import { RENAMED_FLAGS } from '../../../src/node/geth-rules/renamed-flags.ts';

/** Read from `geth --help`, or tried, with the real binary of each version. */
test.each([
  ['datadir.minfreedisk', '1.9.25', false],
  ['datadir.minfreedisk', '1.10.0', true],
  ['rpcaddr', '1.10.8', true],
  ['rpcaddr', '1.10.9', false],
  ['http.addr', '1.9.25', true],
  ['state.scheme', '1.12.2', false],
  ['state.scheme', '1.13.0', true],
  ['db.engine', '1.11.0', true],
  ['history.chain', '1.15.5', false],
  ['history.chain', '1.15.6', true],
  ['light.serve', '1.15.11', true],
  ['light.serve', '1.16.0', false],
  ['mine', '1.17.3', true],
  ['mine', '1.17.4', false],
  ['miner.threads', '1.11.6', true],
  ['miner.threads', '1.12.0', false],
  ['memorylimit', '1.17.4', false],
  ['memorylimit', '1.17.5', true],
  ['holesky', '1.17.5', true],
  ['holesky', '1.17.6', false],
  ['memorylimit', '1.99.0', true],
  ['no-such-flag', '1.17.8', false],
])('--%s in geth %s: %s', (flag, version, has) => {
  expect(hasFlag(flag, version)).toBe(has);
});

describe('the table', () => {
  const flags = FLAG_ROWS.flatMap((row) => row.flags.split(' '));

  test('has every flag once, and no empty one', () => {
    expect(flags.filter((flag, index) => flag === '' || flags.indexOf(flag) !== index)).toEqual([]);
  });

  test.each([...RENAMED_FLAGS])('knows %s and its successor %s', (old, successor) => {
    expect(flagRange(old)?.until).toBeDefined();
    expect(flagRange(successor)).toBeDefined();
  });
});
