import { NodectlError } from '../../errors.ts';
import { compareVersions, inRange } from '../geth-version.ts';
import type { PrivateChain } from '../private-chain.ts';
import type { NetworkProfile, PrivateProfile } from '../profile.ts';
import type { Genesis } from './genesis.ts';

type Seal = Genesis['seal'];

/** What differs between private chains by who makes their blocks. */
const BY_SEAL: Readonly<
  Record<Seal, Pick<NetworkProfile, 'consensus' | 'syncmodes' | 'memory' | 'needs'> & { readonly pinned: string; readonly title: string }>
> = {
  clique: {
    title: 'Private chain with clique sealers',
    // The last version that starts a chain before the Merge.
    pinned: '1.13.15',
    consensus: 'none',
    syncmodes: ['full', 'snap', 'archive', 'fast', 'light'],
    memory: '1G',
    // Idle 20-30 MB on 1.12 and later, 142 MB on 1.10 and 1.11; 1.9.25 with its own defaults dies in 512 MB (measured 2026-11).
    needs: { memory: { minimum: '256M', comfortable: '512M' }, disk: { full: { disk: '1G' } } },
  },
  ethash: {
    title: 'Private chain with miners',
    // The last version that mines, or starts an ethash chain at all.
    pinned: '1.11.6',
    consensus: 'none',
    syncmodes: ['full', 'snap', 'archive', 'fast', 'light'],
    memory: '2G',
    // Idle 142 MB; a miner's table takes 1 GiB, and another on disk is made for the next epoch.
    needs: { memory: { minimum: '256M', comfortable: '2G' }, disk: { full: { disk: '4G' } } },
  },
  engine: {
    title: 'Private chain behind a consensus client',
    // The newest that builds wherever the module proxy lacks a dependency of 1.17.9 and later (2026-11).
    pinned: '1.17.8',
    consensus: 'required',
    syncmodes: ['full', 'snap', 'archive'],
    memory: '1G',
    needs: { memory: { minimum: '256M', comfortable: '512M' }, disk: { full: { disk: '1G' } } },
  },
};

/**
 * The network that a genesis is, with what its profile adds. The mode is full unless told otherwise: a snap sync needs more
 * blocks than a new chain has. INVALID_PROFILE when the profile speaks of another chain, or of a geth that cannot run it.
 */
export function privateNetwork(
  name: string,
  genesis: Genesis,
  profile: PrivateProfile | undefined,
  beacon: PrivateChain['beacon'] = null,
): NetworkProfile {
  const { chainId, minimumGeth, maximumGeth, digest, seal, period } = genesis;
  const { title, pinned, ...rest } = BY_SEAL[seal];
  if (profile?.chainId !== undefined && profile.chainId !== chainId) {
    throw new NodectlError('INVALID_PROFILE', `The profile ${name} says chainId ${profile.chainId}, and its genesis says ${chainId}.`);
  }
  if (beacon !== null && seal !== 'engine') {
    throw new NodectlError(
      'INVALID_PROFILE',
      `The profile ${name} names a beacon chain, and the blocks of its genesis are made by ${seal}.`,
    );
  }
  if (profile?.geth !== undefined && !inRange(profile.geth, { since: minimumGeth, ...(maximumGeth && { until: maximumGeth }) })) {
    const range = maximumGeth === undefined ? `${minimumGeth} or later` : `${minimumGeth} to ${maximumGeth}`;
    throw new NodectlError('INVALID_PROFILE', `The profile ${name} says geth ${profile.geth}, and its genesis needs ${range}.`);
  }
  return {
    kind: 'network',
    name,
    title: profile?.title ?? title,
    chainId,
    flags: [],
    geth: { pinned: profile?.geth ?? (compareVersions(pinned, minimumGeth) < 0 ? minimumGeth : pinned), minimum: minimumGeth, refused: [] },
    ...rest,
    peers: profile?.publishPeers ?? false,
    syncmode: 'full',
    memory: profile?.memory ?? rest.memory,
    endpoints: profile?.endpoints ?? { executionRpcs: [], beaconApis: [], checkpoints: [] },
    private: {
      genesis: digest,
      seal,
      period,
      bootnodes: profile?.bootnodes ?? [],
      staticPeers: profile?.staticPeers ?? [],
      beacon,
    },
  };
}
