import type { Profile } from '../node/profile.ts';
import { readProfile } from '../node/read-profile.ts';
import { parseSize } from '../node/size.ts';
import type { World } from '../ports.ts';

/** One profile in a line; null where a kind has no such thing, or a preset leaves it to the network. */
export interface ProfileRow {
  readonly name: string;
  readonly kind: Profile['kind'];
  readonly title: string;
  readonly chainId: number | null;
  /** The version that `up` uses unless told otherwise. */
  readonly geth: string | null;
  /** Memory of a node unless told otherwise, bytes. */
  readonly memory: number | null;
}

export interface ProfileList {
  readonly profiles: readonly ProfileRow[];
}

/** Every profile that comes with nodectl. INVALID_PROFILE for the first one that is broken. */
export async function listProfiles(world: World): Promise<ProfileList> {
  const files = await world.profiles();
  const profiles = files.names().map((name) => {
    const { path, document } = files.read(name);
    return row(readProfile(path, document));
  });
  return { profiles };
}

function row(profile: Profile): ProfileRow {
  const { name, kind, title = name, memory } = profile;
  return {
    name,
    kind,
    title,
    chainId: profile.kind === 'preset' ? null : (profile.chainId ?? null),
    geth: pinned(profile),
    memory: memory === undefined ? null : parseSize(memory, 'memory'),
  };
}

function pinned(profile: Profile): string | null {
  if (profile.kind === 'preset') return null;
  return profile.kind === 'network' ? profile.geth.pinned : (profile.geth ?? null);
}
