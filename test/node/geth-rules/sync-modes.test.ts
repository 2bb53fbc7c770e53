import { describe, expect, test } from 'vitest';
import { judgeMode, judgeScheme } from '../../../src/node/geth-rules/judge-mode.ts';
import { lightClient } from '../../../src/node/geth-rules/light-rules.ts';
import { wordsOf } from '../../../src/node/geth-rules/sync-mode-words.ts';
import { errorOf } from '../../error-code.ts';
import { DEV, MAINNET } from '../make-node.ts';
import { CLIQUE, ENGINE, ETHASH } from './networks.ts';

/** Every row is what the real binary of that version took (`--syncmode X`), or the source of its tag says. */
test.each([
  ['1.9.25', ['fast', 'full', 'light']],
  ['1.10.0', ['snap', 'fast', 'full', 'light']],
  ['1.10.13', ['snap', 'fast', 'full', 'light']],
  ['1.10.14', ['snap', 'full', 'light']],
  ['1.12.0', ['snap', 'full', 'light']],
  ['1.13.5', ['snap', 'full', 'light']],
  ['1.13.6', ['snap', 'full']],
  ['1.14.4', ['snap', 'full']],
  ['1.17.10', ['snap', 'full']],
  ['1.18.9', ['snap', 'full']],
])('geth %s knows %j', (version, words) => {
  expect(wordsOf(version)).toEqual(words);
});

describe('a sync mode is run as the version can', () => {
  test.each([
    ['snap', '1.17.10', MAINNET, 'snap'],
    ['full', '1.17.10', MAINNET, 'full'],
    ['archive', '1.17.10', MAINNET, 'archive'],
    ['fast', '1.17.10', MAINNET, 'snap'],
    ['fast', '1.9.25', CLIQUE, 'fast'],
    ['fast', '1.10.13', CLIQUE, 'fast'],
    ['fast', '1.10.14', CLIQUE, 'snap'],
    ['snap', '1.10.0', CLIQUE, 'snap'],
    ['light', '1.9.25', CLIQUE, 'light'],
    ['light', '1.12.0', CLIQUE, 'light'],
    ['light', '1.11.6', ETHASH, 'light'],
    ['full', '1.17.8', DEV, 'full'],
    ['snap', '1.17.8', ENGINE, 'snap'],
  ] as const)('%s by geth %s', (asked, version, network, mode) => {
    expect(judgeMode(asked, version, network).mode).toBe(mode);
  });

  test('and it is said where the word changes, and only there', () => {
    expect(judgeMode('fast', '1.17.10', MAINNET).note).toContain('snap');
    expect(judgeMode('fast', '1.10.13', CLIQUE).note).toBeUndefined();
    expect(judgeMode('snap', '1.17.10', MAINNET).note).toBeUndefined();
  });
});

describe('a mode that cannot be is UNSUPPORTED_MODE with the nearest that can', () => {
  test.each([
    ['light', '1.17.10', MAINNET, '--syncmode snap'],
    ['light', '1.12.0', MAINNET, '--syncmode snap'],
    ['light', '1.17.8', DEV, '--syncmode full'],
    ['light', '1.12.1', CLIQUE, '--geth-version 1.12.0'],
    ['light', '1.13.5', CLIQUE, '--geth-version 1.12.0'],
    ['light', '1.13.15', CLIQUE, '--geth-version 1.12.0'],
    ['light', '1.17.8', ENGINE, '--syncmode full'],
    ['snap', '1.17.8', DEV, '--syncmode full'],
    ['fast', '1.17.8', DEV, '--syncmode full'],
    ['snap', '1.9.25', CLIQUE, 'fast'],
  ] as const)('%s by geth %s', (mode, version, network, instead) => {
    const error = errorOf(() => judgeMode(mode, version, network));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_MODE', exit: 2 });
    expect(error.hint).toContain(instead);
  });

  test('and what the alternatives need of disk, with its date, and of memory', () => {
    const { hint } = errorOf(() => judgeMode('light', '1.17.10', MAINNET));
    expect(hint).toMatch(/--syncmode snap \(1\.2 TiB of disk in \d{4}-\d{2}, 8 GiB of RAM/);
    expect(hint).toContain('--syncmode full (1.2 TiB');
  });

  test('light has another reason wherever geth does another thing', () => {
    const reasons = ['1.12.0', '1.12.1', '1.13.6', '1.14.4'].map((version) => lightClient(version).reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const version of ['1.12.1', '1.13.15', '1.14.4']) {
      expect(errorOf(() => judgeMode('light', version, CLIQUE)).message).toContain(lightClient(version).reason);
    }
  });
});

describe('a chain’s state scheme', () => {
  test.each([
    ['path', 'full', '1.13.0'],
    ['hash', 'archive', '1.15.11'],
    ['path', 'archive', '1.16.0'],
    ['hash', 'archive', '1.17.8'],
    ['hash', 'full', '1.9.25'],
  ] as const)('%s runs %s in geth %s', (scheme, mode, version) => {
    expect(() => judgeScheme(scheme, mode, version)).not.toThrow();
  });

  test.each([
    ['path', 'full', '1.12.2'],
    ['path', 'archive', '1.15.11'],
    ['path', 'archive', '1.13.0'],
  ] as const)('%s does not run %s in geth %s', (scheme, mode, version) => {
    expect(errorOf(() => judgeScheme(scheme, mode, version)).code).toBe('UNSUPPORTED_MODE');
  });
});
