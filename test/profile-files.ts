import { fileURLToPath } from 'node:url';
import { profileFolder } from '../src/adapters/profile-folder.ts';

/** The profiles that nodectl ships. */
export const PROFILES = profileFolder(fileURLToPath(new URL('../profiles', import.meta.url)));

/** The parsed YAML of a shipped profile. */
export function readProfileFile(name: string): unknown {
  return PROFILES.read(name).document;
}
