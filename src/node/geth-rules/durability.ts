import { inRange } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import type { StateScheme } from '../state-schemes.ts';
import type { SyncMode } from '../sync-modes.ts';
import type { VersionRange } from './version-rows.ts';

/** Versions in which a kill in the middle of the work was seen to take blocks away from a chain that nobody else has. */
const LOSES: VersionRange = { since: '1.14.0' };

/**
 * What an unclean death (a kill, a full memory, a power cut) costs a chain that no one else keeps; undefined for public
 * networks, which are fetched again. Measured with a kill of `--dev` and single-sealer chains of 12 to 13 blocks.
 */
export function uncleanDeathNote(
  version: string,
  network: NetworkProfile,
  _scheme: StateScheme | null,
  mode: SyncMode,
): string | undefined {
  if (network.private === undefined && network.consensus === 'required') return undefined;
  if (mode === 'light' || !inRange(version, LOSES)) return undefined;
  return `If geth is killed before it could stop, ${network.name} may lose all blocks since the last clean stop: always stop it with nodectl.`;
}
