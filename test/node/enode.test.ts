import { describe, expect, test } from 'vitest';
import { hasKey, isEnode } from '../../src/node/enode.ts';

/** The generator of secp256k1, the one key everybody knows. */
const KEY =
  '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8';

describe('an enode is a key, an address and a port', () => {
  test.each([
    `enode://${KEY}@10.0.0.5:30303`,
    `enode://${KEY.toUpperCase()}@10.0.0.5:1?discport=0`,
    `enode://${KEY}@[fd00::2]:30303?discport=30301`,
    `enode://${KEY}@node-1.office.example:65535`,
  ])('%s', (enode) => {
    expect(isEnode(enode)).toBe(true);
    expect(hasKey(enode)).toBe(true);
  });
});

test.each([
  '',
  `enode://${KEY}`,
  `enode://${KEY}@10.0.0.5`,
  `enode://${KEY}@10.0.0.5:0`,
  `enode://${KEY}@10.0.0.5:65536`,
  `enode://${KEY}@10.0.0.256:30303`,
  `enode://${KEY}@10.0.0.5:30303?discport=65536`,
  `enode://${KEY}@10.0.0.5:30303\n`,
  `enode://${KEY}@a"b:30303`,
  `enode://${KEY.slice(2)}@10.0.0.5:30303`,
  `enode://${KEY}00@10.0.0.5:30303`,
  `http://${KEY}@10.0.0.5:30303`,
  'enr:-IS4QHCYrYZbAKWCBRlAy5zzaDZXJBGkcnh4MHcBFZntXNFrdvJjX04jRzjzCBOonrkTfj499SZuOh8R33Ls8RRcy5wBgmlkgnY0',
])('%j is none', (text) => {
  expect(isEnode(text)).toBe(false);
});

test('digits that are no point of the curve are no key', () => {
  for (const digits of ['ab'.repeat(64), '00'.repeat(64), 'ff'.repeat(64), KEY.replace('79be', '79bf')]) {
    expect(hasKey(`enode://${digits}@10.0.0.5:30303`)).toBe(false);
  }
});
