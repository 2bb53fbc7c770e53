import { describe, expect, test } from 'vitest';
import { gethCommand } from '../../../src/node/geth-arguments.ts';
import { startingScheme, uncleanDeathNote } from '../../../src/node/geth-rules/durability.ts';
import { initWords } from '../../../src/node/init-words.ts';
import { DEV, MAINNET, makeSpec } from '../make-node.ts';
import { CLIQUE, ENGINE } from './networks.ts';

/** The settings with which no kill took a block away, as far as a version has them. */
describe('a chain of one’s own is kept so that a kill costs it nothing', () => {
  test.each([
    ['1.10.26', CLIQUE, ['--gcmode archive'], ['--db.engine', '--state.scheme']],
    ['1.12.0', CLIQUE, ['--gcmode archive', '--db.engine leveldb'], ['--state.scheme']],
    ['1.13.15', CLIQUE, ['--gcmode archive', '--db.engine leveldb', '--state.scheme hash'], []],
    ['1.17.8', DEV, ['--gcmode archive', '--db.engine leveldb', '--state.scheme hash'], []],
    ['1.17.8', ENGINE, ['--gcmode archive', '--db.engine leveldb', '--state.scheme hash'], []],
  ] as const)('by geth %s on %o', (geth, network, words, without) => {
    const scheme = startingScheme(geth, network, 'full');
    const line = gethCommand(makeSpec({ geth, scheme, custom: network.private === undefined ? null : network }), network).args.join(' ');
    for (const word of words) expect(line).toContain(word);
    for (const word of without) expect(line).not.toContain(word);
    expect(uncleanDeathNote(geth, network, scheme, 'full')).toContain('no block');
  });

  test.each(['1.10.26', '1.12.0', '1.13.15', '1.17.8'])('and its database is made by `geth init` of %s as it is opened', (geth) => {
    const spec = makeSpec({ geth, custom: CLIQUE, scheme: startingScheme(geth, CLIQUE, 'full') });
    const opened = gethCommand(spec, CLIQUE).args;
    for (const flag of ['--db.engine', '--state.scheme']) {
      const [made, used] = [initWords(spec), opened].map((words) => words[words.indexOf(flag) + 1]);
      expect(initWords(spec).includes(flag)).toBe(opened.includes(flag));
      if (opened.includes(flag)) expect(made).toBe(used);
    }
  });
});

describe('a chain that was begun otherwise', () => {
  test.each([null, 'path'] as const)('keeps its engine and mode (scheme %s), and is told what a kill costs', (scheme) => {
    const { args } = gethCommand(makeSpec({ geth: '1.16.9', scheme }), DEV);
    expect(args).not.toContain('--db.engine');
    expect(args).not.toContain('--gcmode');
    expect(uncleanDeathNote('1.16.9', DEV, scheme, 'full')).toContain('every block');
  });

  test('of 1.17 may stand still after a kill, and is told so', () => {
    const [before, after] = ['1.16.9', '1.17.3'].map((version) => uncleanDeathNote(version, DEV, 'path', 'full'));
    expect(after).not.toBe(before);
  });
});

test('a public network and a light client lose nothing that is not fetched again', () => {
  expect(uncleanDeathNote('1.17.8', MAINNET, 'path', 'snap')).toBeUndefined();
  expect(uncleanDeathNote('1.12.0', CLIQUE, 'hash', 'light')).toBeUndefined();
  expect(gethCommand(makeSpec({ geth: '1.17.8', mode: 'full', scheme: 'hash' }), MAINNET).args).not.toContain('--db.engine');
});
