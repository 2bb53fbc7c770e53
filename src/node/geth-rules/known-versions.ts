import { compareVersions } from '../geth-version.ts';

/**
 * Versions whose real binaries are started and asked by `npm run test:versions`, oldest first: every sync mode, database, state
 * scheme and flag boundary that nodectl knows lies between two of these.
 */
export const PROVED_VERSIONS = [
  ...['1.9.25', '1.10.8', '1.10.13', '1.10.26', '1.11.6', '1.12.0', '1.13.15'],
  ...['1.14.13', '1.15.11', '1.16.9', '1.17.3', '1.17.5', '1.17.8'],
] as const;

/** The oldest version whose rules were proved with a real binary. */
export const OLDEST_KNOWN = '1.9.25';
/** The newest version whose source was read; what is newer is run by its rules. */
export const NEWEST_KNOWN = '1.17.10';

/** A sentence for a version that the tables do not know yet; undefined for one they do. */
export function versionNote(version: string): string | undefined {
  if (compareVersions(version, NEWEST_KNOWN) <= 0) return undefined;
  return `geth ${version} is newer than ${NEWEST_KNOWN}, the newest this nodectl knows: it is run by the rules of ${NEWEST_KNOWN}.`;
}
