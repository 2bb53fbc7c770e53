import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import type { SyncMode } from '../sync-modes.ts';
import { NEWEST_LIGHT } from './light-rules.ts';

/** The version a new node gets when none is asked: the network's own, or the newest with light clients where those are asked. */
export function defaultVersion(
  network: NetworkProfile,
  asked: { readonly mode: SyncMode | undefined; readonly lightPeers: number | undefined },
): string {
  const { pinned } = network.geth;
  const light = asked.mode === 'light' || (asked.lightPeers ?? 0) > 0;
  const sealed = network.private?.seal === 'clique' || network.private?.seal === 'ethash';
  return light && sealed && compareVersions(pinned, NEWEST_LIGHT) > 0 ? NEWEST_LIGHT : pinned;
}
