import { describe, expect, it } from 'vitest';
import { profileFolder } from '../../../src/adapters/profile-folder.ts';
import { genesisOfState, publicBeaconGenesis } from '../../../src/node/endpoints/beacon-genesis.ts';
import { ProfileSchema } from '../../../src/node/profile.ts';

const folder = profileFolder('profiles');
const networks = folder.names().flatMap((name) => {
  const profile = ProfileSchema.parse(folder.read(name).document);
  return profile.kind === 'network' && profile.consensus === 'required' ? [profile] : [];
});

describe('a network with a beacon chain', () => {
  it.each(networks.map((profile) => [profile.name, profile] as const))(
    '%s has a known genesis, and two owners or more for each role',
    (_name, profile) => {
      expect(publicBeaconGenesis(profile.chainId)?.time).toBeGreaterThan(0);
      const { executionRpcs, beaconApis, checkpoints } = profile.endpoints;
      for (const candidates of [executionRpcs, beaconApis, checkpoints]) {
        expect(new Set(candidates.map(({ owner }) => owner)).size).toBeGreaterThanOrEqual(2);
        expect(new Set(candidates.map(({ url }) => url)).size).toBe(candidates.length);
      }
    },
  );
});

describe('a genesis state', () => {
  it('begins with the time and the root of the validators', () => {
    const state = new Uint8Array(100).fill(0xab);
    new DataView(state.buffer).setBigUint64(0, 1_742_213_400n, true);
    expect(genesisOfState(state)).toEqual({ time: 1_742_213_400_000, validatorsRoot: `0x${'ab'.repeat(32)}` });
    expect(genesisOfState(state.subarray(0, 39))).toBeUndefined();
  });
});
