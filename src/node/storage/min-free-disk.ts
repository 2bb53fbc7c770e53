import { GIB, MIB } from '../size.ts';

/** From this size on a reserve for `geth snapshot prune-state` costs little: its bloom filter alone is 2 GiB on disk. */
const LARGE = 64 * GIB;
const PRUNE_RESERVE_MIB = 2048;

/**
 * The free space below which geth closes its database and stops, MiB: enough for one more flush of its caches, never less than half a
 * GiB, and on a large volume enough to prune. Geth's own default is twice its dirty cache, which a small `--cache` lowers to almost
 * nothing. `storage` is the size of the chain volume in bytes, null where it has none.
 */
export function leastFreeDiskMib(cacheMib: number, storage: number | null): number {
  const reserve = storage !== null && storage >= LARGE ? PRUNE_RESERVE_MIB : 0;
  return Math.max(GIB / MIB / 2, cacheMib, reserve);
}

/** Pebble preallocates its logs: 0.28 of `--cache` measured on 1.17.8 (36 MB of 128, 142 of 512, 1127 of 4096). */
const PREALLOCATED_SHARE = 0.28;

/** The least size of a chain volume in which geth gets to work before it closes again, bytes. */
export function leastStorage(cacheMib: number): number {
  const empty = leastFreeDiskMib(cacheMib, null) + Math.ceil(cacheMib * PREALLOCATED_SHARE);
  // The filesystem's own tables and journal, and some blocks.
  return (Math.ceil(empty / 64) * 64 + 128) * MIB;
}
