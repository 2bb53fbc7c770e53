import { rowFor, type VersionRange } from './version-rows.ts';

interface LightRow extends VersionRange {
  readonly works: boolean;
  /** Why not, or under which conditions. */
  readonly reason: string;
}

/**
 * What geth's light client (LES) is in each version, all tried with real binaries. On public networks it has had no
 * servers since the Merge, in any version.
 */
export const LIGHT_CLIENT: readonly LightRow[] = [
  { until: '1.12.0', works: true, reason: 'follows a private clique or ethash chain that has a light server' },
  {
    since: '1.12.1',
    until: '1.13.5',
    works: false,
    reason: 'still starts as a light client, but can no longer sync headers (go-ethereum #27737)',
  },
  { since: '1.13.6', until: '1.14.3', works: false, reason: 'refuses to start as a light client ("light mode has been deprecated")' },
  { since: '1.14.4', works: false, reason: 'no longer knows the sync mode light' },
];

/** The newest version whose light client, and light server, work. */
export const NEWEST_LIGHT = '1.12.0';

export function lightClient(version: string): LightRow {
  return rowFor(LIGHT_CLIENT, version) ?? { works: false, reason: 'has no light client' };
}

/** The words of a light server: the share of time it gives to light clients, percent, and how many it takes. None for 0 clients. */
export function lightServerWords(lightPeers: number): readonly string[] {
  return lightPeers === 0 ? [] : ['--light.serve', '100', '--light.maxpeers', String(lightPeers)];
}
