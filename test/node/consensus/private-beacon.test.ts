import { describe, expect, test } from 'vitest';
import { privateBeacon } from '../../../src/node/consensus/private-beacon.ts';
import { PrivateChainSchema } from '../../../src/node/private-chain.ts';
import { errorOf } from '../../error-code.ts';
import { beaconConfig, GENESIS_TIME, genesisState } from './beacon-network.ts';

const NAMED = {
  config: 'config.yaml',
  genesisState: 'genesis.ssz',
  bootnodes: ['enr:-abc'],
  staticPeers: ['/ip4/10.0.0.5/tcp/9000/p2p/16Uiu2'],
};
const file = (path: string, bytes: Uint8Array) => ({ path, bytes, digest: path.repeat(4) });
const known = (config = beaconConfig(), state = genesisState(), chainId = 4711) =>
  privateBeacon(
    NAMED,
    { config: file('config.yaml', new TextEncoder().encode(config)), genesisState: file('genesis.ssz', state) },
    chainId,
  );

test('a beacon chain is known by its files: digests, genesis, times and forks', () => {
  const beacon = known();
  expect(beacon).toEqual({
    config: 'config.yaml'.repeat(4),
    genesisState: 'genesis.ssz'.repeat(4),
    bootnodes: NAMED.bootnodes,
    staticPeers: NAMED.staticPeers,
    genesisTime: GENESIS_TIME,
    validatorsRoot: `0x${'ab'.repeat(32)}`,
    slotSeconds: 3,
    epochSlots: 8,
    committeeEpochs: 1024,
    forks: [
      { name: 'GENESIS', epoch: 0 },
      { name: 'ALTAIR', epoch: 0 },
      { name: 'ELECTRA', epoch: 0 },
    ],
  });
  const chain = { genesis: 'd1', seal: 'engine', period: null, bootnodes: [], staticPeers: [], beacon };
  expect(PrivateChainSchema.parse(chain)).toEqual(chain);
});

describe('files that cannot be one beacon chain are INVALID_PROFILE', () => {
  test.each([
    ['a state that is too short', () => known(undefined, new Uint8Array(63))],
    ['an empty state', () => known(undefined, new Uint8Array(0))],
    ['a state of a later slot', () => known(undefined, genesisState({ slot: 32 }))],
    ['a state in JSON', () => known(undefined, new TextEncoder().encode(`{"data":${' '.repeat(100)}}`))],
    ['a state of another network', () => known(undefined, genesisState({ version: 0x60000002 }))],
    ['a state that begins with a fork that never comes', () => known(undefined, genesisState({ version: 0x70000001 }))],
    ['a configuration for another chain of geth', () => known(undefined, undefined, 4712)],
  ])('%s', (_what, make) => {
    expect(errorOf(make)).toMatchObject({ code: 'INVALID_PROFILE', exit: 2 });
  });
});
