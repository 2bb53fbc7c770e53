import type { NetworkProfile, Preset } from '../node/profile.ts';
import { readProfile } from '../node/read-profile.ts';
import type { World } from '../ports.ts';

/** A profile as its file says it, and the file. */
export interface ShownProfile {
  readonly file: string;
  readonly profile: NetworkProfile | Preset;
}

/** One profile by its name or the path of a file. NO_SUCH_PROFILE or INVALID_PROFILE otherwise. */
export async function showProfile(nameOrPath: string, world: World): Promise<ShownProfile> {
  const { path, document } = (await world.profiles()).read(nameOrPath);
  return { file: path, profile: readProfile(path, document) };
}
