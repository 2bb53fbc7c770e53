import { describe, expect, test } from 'vitest';
import { chainRecord } from '../../src/node/chain-record.ts';
import { refuseNewerChain, refuseOtherChain } from '../../src/node/refuse-volume.ts';
import { errorOf } from '../error-code.ts';
import { DEV, MAINNET, makePrivate, makeSpec, OFFICE } from './make-node.ts';

const labels = (network: string) => ({ 'nodectl.node': 'x', 'nodectl.network': network });
const office = chainRecord(makePrivate().spec, undefined);
const elsewhere = { ...OFFICE, private: { ...OFFICE.private, genesis: 'e2'.repeat(32) } } as typeof OFFICE;

describe('a volume is never given to another chain', () => {
  test.each([
    ['a public network’s to another', { profile: MAINNET, labels: labels('dev'), record: undefined }],
    ['a private chain’s to a public network', { profile: DEV, labels: labels('office'), record: office }],
    ['a public network’s to a private chain', { profile: OFFICE, labels: labels('dev'), record: chainRecord(makeSpec(), undefined) }],
    ['a private chain’s to one of another genesis and the same name', { profile: elsewhere, labels: labels('office'), record: office }],
    ['an old volume’s without a record to a private chain', { profile: OFFICE, labels: labels('office'), record: undefined }],
  ])('%s', (_, question) => {
    expect(errorOf(() => refuseOtherChain({ name: 'x', ...question }))).toMatchObject({ code: 'WRONG_VOLUME', exit: 2 });
  });

  test.each([
    ['its own network', { profile: DEV, labels: labels('dev'), record: undefined }],
    [
      'its own genesis, whatever the network is called now',
      { profile: { ...OFFICE, name: 'renamed' }, labels: labels('office'), record: office },
    ],
    ['any network, while it holds accounts only', { profile: OFFICE, labels: { 'nodectl.node': 'x' }, record: undefined }],
  ])('but is given to %s', (_, question) => {
    expect(() => refuseOtherChain({ name: 'x', ...question })).not.toThrow();
  });
});

describe('a chain that a newer geth wrote', () => {
  test.each([
    ['1.17.8', 'path', '1.13.15'],
    ['1.17.8', 'path', '1.12.0'],
    ['1.13.15', 'hash', '1.10.26'],
  ] as const)('of %s by %s is not opened by %s', (writer, scheme, reader) => {
    const record = chainRecord(makeSpec({ geth: writer, scheme }), undefined);
    const refused = errorOf(() => refuseNewerChain(makeSpec({ geth: reader }), 'x', record));
    expect(refused).toMatchObject({ code: 'WRONG_VOLUME', exit: 2 });
  });

  test('is refused also when a version in between was the last to run', () => {
    const first = chainRecord(makeSpec({ geth: '1.17.8' }), undefined);
    const record = chainRecord(makeSpec({ geth: '1.16.9' }), first);
    expect(errorOf(() => refuseNewerChain(makeSpec({ geth: '1.13.15' }), 'x', record)).code).toBe('WRONG_VOLUME');
  });

  test('is opened by the same and by newer ones, and nothing is refused where nothing is known', () => {
    const record = chainRecord(makeSpec({ geth: '1.13.15', scheme: 'hash' }), undefined);
    for (const geth of ['1.13.15', '1.17.8', '1.18.0']) expect(() => refuseNewerChain(makeSpec({ geth }), 'x', record)).not.toThrow();
    expect(() => refuseNewerChain(makeSpec({ geth: '1.9.25' }), 'x', undefined)).not.toThrow();
  });
});
