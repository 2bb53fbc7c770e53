import type { World } from '../ports.ts';
import { showProfile } from './show-profile.ts';

/** The files that were checked; there is no report when one of them is bad. */
export interface ProfileCheck {
  readonly valid: readonly { readonly file: string; readonly kind: 'network' | 'preset'; readonly name: string }[];
}

/** Checks profile files in the order given and throws what is wrong with the first bad one: INVALID_PROFILE or NO_SUCH_PROFILE. */
export async function checkProfiles(files: readonly string[], world: World): Promise<ProfileCheck> {
  const valid: ProfileCheck['valid'][number][] = [];
  for (const nameOrPath of files) {
    const { file, profile } = await showProfile(nameOrPath, world);
    valid.push({ file, kind: profile.kind, name: profile.name });
  }
  return { valid };
}
