import { compareVersions } from '../geth-version.ts';

/** The oldest version whose rules were proved with a real binary. */
export const OLDEST_KNOWN = '1.9.25';
/** The newest version whose source was read; what is newer is run by its rules. */
export const NEWEST_KNOWN = '1.17.10';

/** A sentence for a version that the tables do not know yet; undefined for one they do. */
export function versionNote(version: string): string | undefined {
  if (compareVersions(version, NEWEST_KNOWN) <= 0) return undefined;
  return `geth ${version} is newer than ${NEWEST_KNOWN}, the newest this nodectl knows: it is run by the rules of ${NEWEST_KNOWN}.`;
}
