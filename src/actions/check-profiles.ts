import type { Genesis } from '../node/genesis/genesis.ts';
import type { Profile } from '../node/profile.ts';
import { readProfile } from '../node/read-profile.ts';
import type { ProfileFiles, World } from '../ports.ts';
import { isGenesisPath, resolveNetwork, resolvePrivate } from './resolve-network.ts';

/** A file that is valid. */
export interface CheckedFile {
  readonly file: string;
  readonly kind: Profile['kind'] | 'genesis';
  /** The profile's name, or the one a genesis file gives its network. */
  readonly name: string;
  /** What follows from the genesis of a private chain; null for anything else. */
  readonly genesis: {
    readonly chainId: number;
    readonly seal: Genesis['seal'];
    readonly minimumGeth: string;
    /** Null where no last version is known. */
    readonly maximumGeth: string | null;
  } | null;
}

/** The files that were checked; there is no report when one of them is bad. */
export interface ProfileCheck {
  readonly valid: readonly CheckedFile[];
}

/**
 * Checks profiles, with the genesis of private ones, and genesis files in the order given and throws what is wrong with the
 * first bad one: INVALID_PROFILE, INVALID_GENESIS or NO_SUCH_PROFILE.
 */
export async function checkProfiles(namesOrPaths: readonly string[], world: World): Promise<ProfileCheck> {
  const files = await world.profiles();
  return { valid: namesOrPaths.map((nameOrPath) => check(nameOrPath, files)) };
}

function check(nameOrPath: string, files: ProfileFiles): CheckedFile {
  if (isGenesisPath(nameOrPath)) {
    const { profile, genesis } = resolveNetwork(nameOrPath, files);
    return { file: nameOrPath, kind: 'genesis', name: profile.name, genesis: facts(genesis) };
  }
  const { path, document } = files.read(nameOrPath);
  const profile = readProfile(path, document);
  const genesis = profile.kind === 'private' ? resolvePrivate(path, profile, files).genesis : undefined;
  return { file: path, kind: profile.kind, name: profile.name, genesis: facts(genesis) };
}

function facts(genesis: Genesis | undefined): CheckedFile['genesis'] {
  if (genesis === undefined) return null;
  const { chainId, seal, minimumGeth, maximumGeth } = genesis;
  return { chainId, seal, minimumGeth, maximumGeth: maximumGeth ?? null };
}
