import type { SyncMode } from '../sync-modes.ts';
import { rowFor, type VersionRange } from './version-rows.ts';

/** A word of geth's own `--syncmode`. */
export type SyncWord = 'snap' | 'full' | 'fast' | 'light';

interface WordRow extends VersionRange {
  readonly words: readonly SyncWord[];
  readonly standard: SyncWord;
}

/**
 * The words that geth's `--syncmode` takes and its own default (eth/downloader/modes.go, eth/ethconfig/syncmode.go and
 * eth/ethconfig/config.go of each tag). `light` is missing where geth parses the word and then refuses to run it.
 */
export const SYNC_WORDS: readonly WordRow[] = [
  { until: '1.9.25', words: ['fast', 'full', 'light'], standard: 'fast' },
  { since: '1.10.0', until: '1.10.3', words: ['snap', 'fast', 'full', 'light'], standard: 'fast' },
  { since: '1.10.4', until: '1.10.13', words: ['snap', 'fast', 'full', 'light'], standard: 'snap' },
  { since: '1.10.14', until: '1.13.5', words: ['snap', 'full', 'light'], standard: 'snap' },
  { since: '1.13.6', words: ['snap', 'full'], standard: 'snap' },
];

export function wordsOf(version: string): readonly SyncWord[] {
  return rowFor(SYNC_WORDS, version)?.words ?? [];
}

/** What `--syncmode` is for one of our modes: archive is a full sync that keeps every state. */
export function wordOf(mode: SyncMode): SyncWord {
  return mode === 'archive' ? 'full' : mode;
}
