import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cliqueGenesis } from '../../genesis-files.ts';
import { changed } from './bad-geneses.ts';
import { read } from './read.ts';

const ACCOUNT = 'a1'.repeat(20);
const TEXT = cliqueGenesis({ signers: [`0x${ACCOUNT}`], alloc: { [ACCOUNT]: { balance: '0x10' }, ['b2'.repeat(20)]: { balance: '7' } } });

function shuffled(value: unknown, order: readonly number[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner], index) => ({
    key,
    inner: shuffled(inner, order),
    rank: order[index % order.length] ?? 0,
  }));
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ key, inner }) => [key, inner]));
}

test('the digest does not change with the order of keys or with white space', () => {
  const digest = read(TEXT).digest;
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }), fc.constantFrom('', ' ', '\t', '   '), (order, indent) => {
      expect(read(`\n${JSON.stringify(shuffled(JSON.parse(TEXT), order), null, indent)}\r\n`).digest).toBe(digest);
    }),
  );
});

test('nor with how the addresses of accounts are written', () => {
  expect(read(TEXT.replace(`"${ACCOUNT}":`, `"0x${ACCOUNT.toUpperCase()}":`)).digest).toBe(read(TEXT).digest);
});

test('nor with the spelling of keys that geth takes in any case', () => {
  const spelled = TEXT.replace('"extraData"', '"extradata"').replace('"chainId"', '"ChainID"').replace('"balance"', '"Balance"');
  expect(read(spelled).digest).toBe(read(TEXT).digest);
});

test('it changes with everything else', () => {
  const others = [
    changed(TEXT, {}, { chainId: 4999 }),
    changed(TEXT, { timestamp: '0x1' }),
    changed(TEXT, { alloc: { [ACCOUNT]: { balance: '0x11' } } }),
    changed(TEXT, {}, { clique: { period: 2, epoch: 30_000 } }),
    changed(TEXT, { comment: 'x' }),
    TEXT,
  ];
  expect(new Set(others.map((text) => read(text).digest)).size).toBe(others.length);
});
