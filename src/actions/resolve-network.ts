import { NodectlError } from '../errors.ts';
import { type BeaconFiles, privateBeacon } from '../node/consensus/private-beacon.ts';
import type { Genesis } from '../node/genesis/genesis.ts';
import { privateNetwork } from '../node/genesis/private-network.ts';
import { readGenesis } from '../node/genesis/read-genesis.ts';
import type { NetworkProfile, PrivateProfile } from '../node/profile.ts';
import { readNetwork } from '../node/read-profile.ts';
import type { ProfileFiles } from '../ports.ts';

const LONGEST_NAME = 40;

/** A network, and the genesis that makes it where it is a private one. */
export interface ResolvedNetwork {
  readonly profile: NetworkProfile;
  readonly genesis: Genesis | undefined;
  /** The files of its beacon chain, where a private profile names them. */
  readonly beacon: BeaconFiles | undefined;
}

/**
 * The network a person means by a profile's name, a profile's path, or the path of a genesis file (a word ending in `.json`).
 * NO_SUCH_PROFILE, INVALID_PROFILE or INVALID_GENESIS otherwise.
 */
export function resolveNetwork(nameOrPath: string, files: ProfileFiles): ResolvedNetwork {
  if (isGenesisPath(nameOrPath)) return resolveGenesis(nameOrPath, files);
  const { path, document } = files.read(nameOrPath);
  const profile = readNetwork(path, document);
  return profile.kind === 'network' ? { profile, genesis: undefined, beacon: undefined } : resolvePrivate(path, profile, files);
}

export function isGenesisPath(nameOrPath: string): boolean {
  return nameOrPath.endsWith('.json');
}

/** The network of a private profile that was read from the file `path`, by its genesis beside it. */
export function resolvePrivate(path: string, profile: PrivateProfile, files: ProfileFiles): ResolvedNetwork {
  const { name } = profile;
  if (files.names().includes(name)) {
    throw new NodectlError('INVALID_PROFILE', `${path} is a private chain with the name of a profile of nodectl, ${name}.`, {
      hint: 'Give it another name.',
    });
  }
  const { path: file, text } = files.readGenesis(profile.genesis, path);
  const genesis = readGenesis(file, text, files.digest);
  const named = profile.beacon;
  if (named === undefined) return { profile: privateNetwork(name, genesis, profile), genesis, beacon: undefined };
  const beacon = {
    config: files.readNetworkFile(named.config, path),
    genesisState: files.readNetworkFile(named.genesisState, path),
  };
  const known = privateBeacon(named, beacon, genesis.chainId);
  return { profile: privateNetwork(name, genesis, profile, known), genesis, beacon };
}

function resolveGenesis(path: string, files: ProfileFiles): ResolvedNetwork {
  const { path: file, text } = files.readGenesis(path);
  const genesis = readGenesis(file, text, files.digest);
  return { profile: privateNetwork(nameOf(path, files), genesis, undefined), genesis, beacon: undefined };
}

/** A network's name from its genesis file's. */
function nameOf(path: string, files: ProfileFiles): string {
  const file = path.slice(path.lastIndexOf('/') + 1).slice(0, -'.json'.length);
  const name = file
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, LONGEST_NAME);
  if (name === '') {
    throw new NodectlError('INVALID_GENESIS', `${path}: its name gives the network none.`, {
      hint: 'Rename the file; letters and digits before .json become the name.',
    });
  }
  if (!files.names().includes(name)) return name;
  throw new NodectlError('INVALID_GENESIS', `${path}: its name would make it the network ${name}, which is a profile of nodectl.`, {
    hint: 'Rename the file; what stands before .json becomes the name.',
  });
}
