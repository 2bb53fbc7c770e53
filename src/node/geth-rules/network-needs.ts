import type { HistoryRange } from '../history-ranges.ts';
import type { NetworkProfile } from '../profile.ts';
import { formatSize, parseSize } from '../size.ts';
import type { SyncMode } from '../sync-modes.ts';

/** What a network needs in a mode: bytes of disk and of memory. A figure that is not known is undefined. */
export interface Needs {
  readonly disk: number | undefined;
  /** YYYY-MM of the disk figure. */
  readonly asOf: string | undefined;
  /** Less than this cannot do the work. */
  readonly memory: number;
}

/** The profile's figures for a mode and history range; light needs neither worth a figure and has none. */
export function networkNeeds(profile: NetworkProfile, mode: SyncMode, history: HistoryRange): Needs {
  const row = profile.needs.disk[mode];
  const size = history === 'all' ? row?.disk : row?.history?.[history];
  return {
    disk: size === undefined ? undefined : parseSize(size, 'disk'),
    asOf: row?.asOf,
    memory: parseSize(profile.needs.memory.minimum, 'memory'),
  };
}

/** `--syncmode snap (1.2 TiB of disk (2026-04), 8 GiB of RAM at least)`. */
export function needsText(profile: NetworkProfile, mode: SyncMode, history: HistoryRange = 'all'): string {
  const { disk, asOf, memory } = networkNeeds(profile, mode, history);
  const words = history === 'all' ? `--syncmode ${mode}` : `--syncmode ${mode} --history ${history}`;
  const date = asOf === undefined ? '' : ` in ${asOf}`;
  const space = disk === undefined ? '' : `${formatSize(disk)} of disk${date}, `;
  return `${words} (${space}${formatSize(memory)} of RAM at least)`;
}
