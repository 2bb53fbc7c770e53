import type { NetworkProfile, Profile } from '../node/profile.ts';
import { readProfile } from '../node/read-profile.ts';
import type { World } from '../ports.ts';
import { isGenesisPath, resolveNetwork } from './resolve-network.ts';

/** A profile as its file says it, or the network that follows from a genesis file; and the file. */
export interface ShownProfile {
  readonly file: string;
  readonly profile: Profile | NetworkProfile;
}

/** One profile by its name, or by the path of a profile or a genesis file. NO_SUCH_PROFILE, INVALID_PROFILE or INVALID_GENESIS otherwise. */
export async function showProfile(nameOrPath: string, world: World): Promise<ShownProfile> {
  const files = await world.profiles();
  if (isGenesisPath(nameOrPath)) return { file: nameOrPath, profile: resolveNetwork(nameOrPath, files).profile };
  const { path, document } = files.read(nameOrPath);
  return { file: path, profile: readProfile(path, document) };
}
