import { expect, test } from 'vitest';
import { byClient, clientVersion } from '../../src/node/peer-clients.ts';
import { peerList } from '../../src/node/peer-list.ts';

const called = (...names: readonly string[]) => peerList(names.map((name) => ({ name, ...EMPTY })));
const EMPTY = { id: '', enode: '', network: { remoteAddress: '', inbound: false, static: false, trusted: false }, protocols: {} };

test('peers are grouped by client whatever its version and spelling, most first', () => {
  const peers = called(
    'reth/v1.1.0/x86_64-unknown-linux-gnu',
    'besu/v24.3.0/linux-x86_64/openjdk-java-17',
    'Geth/v1.17.8-stable/linux-amd64/go1.26.8',
    'Nethermind/v1.25.4+20b10b35/linux-x64/dotnet8.0.2',
    'geth/own-name/v1.13.15-stable/linux-amd64/go1.21.6',
    '',
    'Reth/v1.0.0',
    'Geth/v1.12.0',
  );
  const groups = byClient(peers);
  expect(groups.map(({ client, peers: own }) => [client, own.length])).toEqual([
    ['Geth', 3],
    ['reth', 2],
    ['', 1],
    ['besu', 1],
    ['Nethermind', 1],
  ]);
  expect(groups.flatMap(({ peers: own }) => own).length).toBe(peers.length);
  expect(groups[0]?.peers.map(({ client }) => client.slice(0, 10))).toEqual(['Geth/v1.17', 'geth/own-n', 'Geth/v1.12']);
});

test.each([
  ['Geth/v1.17.8-stable/linux-amd64/go1.26.8', 'v1.17.8-stable'],
  ['Geth/own-name/v1.13.15-stable/linux-amd64/go1.21.6', 'v1.13.15-stable'],
  ['Nethermind/v1.25.4+20b10b35/linux-x64/dotnet8.0.2', 'v1.25.4+20b10b35'],
  ['erigon/3.0.0', '3.0.0'],
  ['Geth/4me/v1.2.3', 'v1.2.3'],
  ['Nimbus', ''],
  ['v1.0.0', ''],
  ['', ''],
])('%j is version %j', (name, version) => {
  expect(clientVersion(name)).toBe(version);
});
