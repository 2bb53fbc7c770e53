import { describe, expect, test } from 'vitest';
import { cliqueGenesis, ethashGenesis, mergedGenesis } from '../../genesis-files.ts';
import { BAD, changed, STRICTER } from './bad-geneses.ts';
import { read, refused } from './read.ts';

const A = `0x${'a1'.repeat(20)}`;

describe('a genesis is refused with INVALID_GENESIS', () => {
  test.each(Object.entries({ ...BAD, ...STRICTER }))('%s', (_what, text) => {
    expect(refused(text).message).toContain('genesis.json');
  });
});

describe('what it says follows from who makes the blocks', () => {
  test('clique: its period, and no geth after 1.13.15', () => {
    const text = cliqueGenesis({ chainId: 99, signers: [A, `0x${'b2'.repeat(20)}`], period: 5 });
    expect(read(text)).toMatchObject({ text, chainId: 99, seal: 'clique', period: 5, minimumGeth: '1.10.6', maximumGeth: '1.13.15' });
    expect(read(cliqueGenesis({ signers: [A], forks: 'istanbul' })).minimumGeth).toBe('1.9.25');
    expect(read(cliqueGenesis({ signers: [A], period: 0 })).period).toBe(0);
  });

  test('ethash, named or not: no geth after 1.11.6', () => {
    const named = ethashGenesis();
    for (const text of [named, changed(named, {}, { ethash: undefined })]) {
      expect(read(text)).toMatchObject({ seal: 'ethash', period: null, maximumGeth: '1.11.6' });
    }
  });

  test('past the Merge: a consensus client, also where the genesis has some difficulty or names clique', () => {
    expect(read(mergedGenesis())).toMatchObject({ seal: 'engine', period: null, minimumGeth: '1.13.12', maximumGeth: undefined });
    expect(read(changed(mergedGenesis(), { difficulty: '0x20000' })).seal).toBe('engine');
    expect(read(changed(cliqueGenesis({ signers: [A] }), {}, { terminalTotalDifficulty: 0 })).seal).toBe('engine');
  });
});

describe('the first geth that can run it is the one that knows', () => {
  const merged = mergedGenesis({ fork: 'osaka' });
  test.each([
    ['its last fork', mergedGenesis({ fork: 'prague' }), '1.15.6'],
    ['its last fork, osaka', merged, '1.16.4'],
    ['amsterdam', changed(merged, {}, { amsterdamTime: 5 }), '1.17.7'],
    [
      'osaka without blobs of its own',
      changed(merged, {}, { blobSchedule: JSON.parse(mergedGenesis()).config.blobSchedule, osakaTime: 0 }),
      '1.16.4',
    ],
    ['that it is merged though nothing says so', changed(mergedGenesis(), {}, { terminalTotalDifficultyPassed: undefined }), '1.14.12'],
    ['numbers without quotes', changed(cliqueGenesis({ signers: [A] }), { timestamp: 7 }), '1.11.6'],
  ])('%s', (_what, text, version) => {
    expect(read(text).minimumGeth).toBe(version);
  });

  test('osaka without an entry in blobSchedule, which 1.17.3 still wanted', () => {
    const { osaka: _gone, ...blobSchedule } = JSON.parse(merged).config.blobSchedule;
    expect(read(changed(merged, {}, { blobSchedule })).minimumGeth).toBe('1.17.5');
  });
});

test('what geth allows is allowed: unknown keys, nulls, addresses with and without 0x, decimal balances, storage, code', () => {
  const alloc = {
    [A.slice(2).toUpperCase()]: { balance: '1000000000000000000000000', nonce: 1, code: '0x6000', storage: { '0x01': '0x02', '03': '' } },
    [`0x${'b2'.repeat(20)}`]: { balance: 5, comment: 'mine' },
  };
  const text = changed(
    cliqueGenesis({ signers: [A] }),
    { alloc, baseFeePerGas: null, comment: ['x'] },
    { comment: { deep: true }, daoForkBlock: null },
  );
  expect(read(text).seal).toBe('clique');
});

test('the text is kept as it is, whatever numbers are in it', () => {
  const text = mergedGenesis().replace('"cancunTime":0', '"cancunTime":18446744073709551615').replace('}', ' }');
  expect(read(text).text).toBe(text);
});
