import { describe, expect, test } from 'vitest';
import { checkExtraArguments } from '../../src/node/extra-arguments.ts';
import type { SyncMode } from '../../src/node/spec.ts';
import { chooseMode } from '../../src/node/sync-mode-rules.ts';
import { errorOf } from '../error-code.ts';
import { DEV, MAINNET } from './make-node.ts';

/** A chain of one's own that still has every mode. */
const PRIVATE = { ...MAINNET, name: 'mine', syncmodes: ['fast', 'full', 'snap', 'archive'] as SyncMode[] };

describe('a sync mode becomes the words of the version', () => {
  test.each([
    ['snap', '1.17.10', MAINNET, ['--syncmode', 'snap']],
    ['full', '1.17.10', MAINNET, ['--syncmode', 'full']],
    ['archive', '1.17.10', MAINNET, ['--syncmode', 'full', '--gcmode', 'archive']],
    ['fast', '1.10.13', PRIVATE, ['--syncmode', 'fast']],
    ['fast', '1.9.25', PRIVATE, ['--syncmode', 'fast']],
    ['fast', '1.10.14', PRIVATE, ['--syncmode', 'snap']],
    ['fast', '1.17.10', MAINNET, ['--syncmode', 'snap']],
    ['snap', '1.10.0', PRIVATE, ['--syncmode', 'snap']],
  ] as const)('%s on %s', (mode, version, profile, words) => {
    expect(chooseMode(mode, version, profile).arguments).toEqual(words);
  });

  test('and it is said, once, only where the word changes', () => {
    expect(chooseMode('fast', '1.17.10', MAINNET)).toMatchObject({ mode: 'snap', note: expect.any(String) });
    expect(chooseMode('fast', '1.10.13', PRIVATE).note).toBeUndefined();
    expect(chooseMode('snap', '1.17.10', MAINNET).note).toBeUndefined();
  });
});

describe('a mode that cannot be is UNSUPPORTED_MODE with what works instead', () => {
  test.each([
    ['light', '1.17.10', MAINNET, 'snap'],
    ['light', '1.11.6', MAINNET, 'snap'],
    ['light', '1.17.8', DEV, 'full'],
    ['snap', '1.17.8', DEV, 'full'],
    ['fast', '1.17.8', DEV, 'full'],
    ['snap', '1.9.25', PRIVATE, 'fast'],
  ] as const)('%s on %s', (mode, version, profile, instead) => {
    const error = errorOf(() => chooseMode(mode, version, profile));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_MODE', exit: 2 });
    expect(error.hint).toContain(instead);
  });
});

describe('words of the user for geth', () => {
  test.each([
    [['--dev.period', '2']],
    [['--maxpeers=10']],
    [['--http.corsdomain', '*']],
    [['--http.api', 'eth,net']],
    [[]],
    [['-verbosity', '4']],
  ])('%j go to geth as they are', (words) => {
    expect(checkExtraArguments(words)).toEqual(words);
  });

  test.each([
    ['--datadir', '/x'],
    ['--datadir=/x'],
    ['-datadir', '/x'],
    ['--cache', '4096'],
    ['--memorylimit=1'],
    ['--syncmode', 'light'],
    ['--http.addr=0.0.0.0'],
    ['--port', '1'],
    ['--dev'],
    ['--networkid', '5'],
    ['--dev.period', '2', '--ipcpath', '/x'],
    ['--http.api', 'eth,admin'],
    ['--http.api=debug'],
    ['--ws.api', 'eth, personal'],
  ])('%s %s is USAGE: nodectl decides it, or it would give the node away', (...words) => {
    expect(errorOf(() => checkExtraArguments(words))).toMatchObject({ code: 'USAGE', exit: 2 });
  });
});
