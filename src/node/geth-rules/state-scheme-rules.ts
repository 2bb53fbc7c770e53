import type { StateScheme } from '../state-schemes.ts';
import type { SyncMode } from '../sync-modes.ts';
import { rowFor, type VersionRange } from './version-rows.ts';

interface SchemeRow extends VersionRange {
  /** What a new database gets. */
  readonly standard: StateScheme;
  readonly allowed: readonly StateScheme[];
  /** The schemes in which it can keep every state. */
  readonly archive: readonly StateScheme[];
}

/** core/rawdb/accessors_trie.go (ParseStateScheme) and cmd/utils/flags.go ("Forcing hash state-scheme for archive mode") of each tag. */
export const STATE_SCHEME_RULES: readonly SchemeRow[] = [
  { until: '1.12.2', standard: 'hash', allowed: ['hash'], archive: ['hash'] },
  { since: '1.13.0', until: '1.13.15', standard: 'hash', allowed: ['hash', 'path'], archive: ['hash'] },
  { since: '1.14.0', until: '1.15.11', standard: 'path', allowed: ['hash', 'path'], archive: ['hash'] },
  { since: '1.16.0', standard: 'path', allowed: ['hash', 'path'], archive: ['hash', 'path'] },
];

const NEWEST = { standard: 'path', allowed: ['hash', 'path'], archive: ['hash', 'path'] } as const satisfies SchemeRow;

function row(version: string): SchemeRow {
  return rowFor(STATE_SCHEME_RULES, version) ?? NEWEST;
}

/** The schemes in which a version can run a mode. */
export function schemesFor(version: string, mode: SyncMode): readonly StateScheme[] {
  const { allowed, archive } = row(version);
  return mode === 'archive' ? archive : allowed;
}

/** The scheme that a new chain gets in this version and mode: geth's own default, where the mode can be had in it. */
export function standardScheme(version: string, mode: SyncMode): StateScheme {
  const { standard } = row(version);
  const schemes = schemesFor(version, mode);
  return schemes.includes(standard) ? standard : (schemes[0] ?? standard);
}
