import { describe, expect, test } from 'vitest';
import { privateNetwork } from '../../../src/node/genesis/private-network.ts';
import { KnownNetworkSchema, type PrivateProfile } from '../../../src/node/profile.ts';
import { errorOf } from '../../error-code.ts';
import { cliqueGenesis, ethashGenesis, mergedGenesis } from '../../genesis-files.ts';
import { read } from './read.ts';

const CLIQUE = read(cliqueGenesis({ signers: [`0x${'a1'.repeat(20)}`], period: 3 }));
const ENODE = `enode://${'ab'.repeat(64)}@10.0.0.5:30303`;
const profile = (over: Partial<PrivateProfile>): PrivateProfile => ({
  ...{ kind: 'private', name: 'office', genesis: 'g.json', bootnodes: [], staticPeers: [], publishPeers: false },
  endpoints: { executionRpcs: [], beaconApis: [], checkpoints: [] },
  ...over,
});

describe('a network follows from a genesis', () => {
  test.each([
    ['clique', CLIQUE, { consensus: 'none', pinned: '1.13.15', minimum: '1.10.6' }],
    ['ethash', read(ethashGenesis()), { consensus: 'none', pinned: '1.11.6', minimum: '1.10.6' }],
    ['engine', read(mergedGenesis({ fork: 'osaka' })), { consensus: 'required', pinned: '1.17.8', minimum: '1.16.4' }],
  ])('%s', (seal, genesis, { consensus, pinned, minimum }) => {
    const network = privateNetwork('office', genesis, undefined);
    expect(KnownNetworkSchema.parse(network)).toEqual(network);
    expect(network).toMatchObject({
      name: 'office',
      chainId: genesis.chainId,
      flags: [],
      consensus,
      geth: { pinned, minimum },
      syncmode: 'full',
    });
    expect(network.peers).toBe(false);
    expect(network.private).toMatchObject({ seal, genesis: genesis.digest, bootnodes: [], staticPeers: [] });
    expect(network.syncmodes.includes('light')).toBe(consensus === 'none');
  });

  test('a chain that newer rules belong to is not given an older geth', () => {
    const { pinned, minimum } = privateNetwork('x', { ...read(mergedGenesis()), minimumGeth: '1.18.0' }, undefined).geth;
    expect({ pinned, minimum }).toEqual({ pinned: '1.18.0', minimum: '1.18.0' });
  });
});

test('a profile adds what a genesis does not say', () => {
  const added = profile({
    title: 'Ours',
    geth: '1.12.0',
    memory: '2G',
    publishPeers: true,
    bootnodes: [ENODE],
    staticPeers: [ENODE],
    chainId: 4711,
  });
  const network = privateNetwork('office', CLIQUE, added);
  expect(network).toMatchObject({ title: 'Ours', memory: '2G', peers: true, geth: { pinned: '1.12.0' } });
  expect(network.private).toMatchObject({ period: 3, bootnodes: [ENODE], staticPeers: [ENODE] });
});

test.each([
  ['another chainId', profile({ chainId: 4712 })],
  ['a geth before its last fork', profile({ geth: '1.9.25' })],
  ['a geth after its way of sealing', profile({ geth: '1.14.0' })],
])('a profile with %s is INVALID_PROFILE', (_what, wrong) => {
  expect(errorOf(() => privateNetwork('office', CLIQUE, wrong))).toMatchObject({ code: 'INVALID_PROFILE', exit: 2 });
});
