import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { enodeAt, enodeKey } from '../../src/node/enode-address.ts';
import { peerList } from '../../src/node/peer-list.ts';
import { changePeers, WHO_AND_PEERS } from '../../src/node/peer-questions.ts';
import { errorOf } from '../error-code.ts';

/** Answers of real nodes; `a` was dialled by `b`, or by the light client `l`. */
const sample = (name: string) => WHO_AND_PEERS.read(JSON.parse(readFileSync(`test/fixtures/ipc/${name}.json`, 'utf8')));

describe('the peers of a real node', () => {
  test.each([
    ['1.9.25-a', 'inbound', ['eth/65'], null],
    ['1.9.25-b', 'outbound', ['eth/65'], null],
    ['1.12.0-a', 'inbound', ['eth/68', 'snap/1'], null],
    ['1.12.0-les-a', 'inbound', ['les/4'], null],
    ['1.12.0-les-l', 'outbound', ['les/4'], null],
    ['1.13.15-b', 'outbound', ['eth/68', 'snap/1'], null],
    ['1.16.9-b', 'outbound', ['eth/69', 'snap/1'], 0],
    ['1.17.8-a', 'inbound', ['eth/72', 'snap/1'], 0],
    ['1.17.8-b', 'outbound', ['eth/72', 'snap/1'], 0],
  ] as const)('%s are told', (name, direction, protocols, head) => {
    const [peer, ...others] = peerList(sample(name).peers);
    expect(others).toEqual([]);
    expect(peer).toMatchObject({ direction, protocols, head, static: direction === 'outbound', trusted: false });
    expect(peer?.client).toBe(`Geth/v${name.split('-')[0]}-stable/linux-amd64/go1.26.8`);
    expect(peer?.address).toMatch(/^172\.18\.0\.\d+:\d+$/);
  });

  test.each(['1.9.25-a', '1.17.8-b'])('%s knows itself at 127.0.0.1, and is placed where it is reached', (name) => {
    const { info } = sample(name);
    expect(enodeAt(info, '172.18.0.2')).toBe(`enode://${enodeKey(info.enode)}@172.18.0.2:30303?discport=0`);
    expect(enodeAt(info, 'fd00::2', 30304)).toBe(`enode://${enodeKey(info.enode)}@[fd00::2]:30304?discport=0`);
    expect(enodeAt({ ...info, ports: { listener: 0, discovery: 0 } }, '172.18.0.2')).toBeUndefined();
    expect(enodeAt(info, '')).toBeUndefined();
  });
});

describe('peers of unknown form', () => {
  const read = (peers: unknown) => peerList(WHO_AND_PEERS.read({ info: sample('1.17.8-a').info, peers }).peers);

  test('without any field, in a handshake and of later versions are rows all the same', () => {
    const later = {
      id: 'x',
      network: { remoteAddress: '[::1]:1', inbound: true, quic: 1 },
      protocols: { eth: 'handshake', snap: { version: 2, x: {} } },
    };
    expect(read([{}, later])).toMatchObject([
      { client: '', direction: 'outbound', protocols: [], head: null },
      { direction: 'inbound', protocols: ['eth', 'snap/2'], head: null },
    ]);
  });

  test('that call themselves what a terminal would obey are made harmless and short', () => {
    const [peer] = read([{ name: `\u001b[31m\u202eGeth\n${'x'.repeat(10_000)}`, network: { remoteAddress: '\u0007' } }]);
    expect(peer?.client).toMatch(/^[\P{C}]{1,101}$/u);
    expect(peer?.address).toBe('');
  });

  test('that are no list are GETH_REFUSED', () => {
    for (const peers of [undefined, null, {}, 'x', [1], [{ protocols: 3 }]]) expect(errorOf(() => read(peers)).code).toBe('GETH_REFUSED');
  });
});

test('no word but an enode ever becomes part of a question', () => {
  const key = 'ab'.repeat(64);
  const words = [
    '");admin.stopHTTP();("',
    `enode://${key}@127.0.0.1:30303");x("`,
    `enode://${key}@127.0.0.1:30303\n`,
    `enode://${key}@"+x+":30303`,
    `enode://${key}@ünïcode:30303`,
    `enode://${'ab'.repeat(5_000)}@127.0.0.1:30303`,
    '',
  ];
  for (const word of words) expect(errorOf(() => changePeers('add', [word])).code, word).toBe('USAGE');
});
