import { NodectlError } from '../../errors.ts';
import { formatSize, GIB, MIB } from '../../node/size.ts';

/** What a size is proposed from; bytes. */
export interface SwapSizeFacts {
  readonly memory: number;
  /** Swap of the whole machine that is active already. */
  readonly active: number;
  /** Sum of what the limits of all nodes promise as swap. */
  readonly claimed: number;
  readonly diskFree: number;
  readonly diskTotal: number;
}

/** Sizes are proposed in whole multiples of this. */
const GRAIN = 256 * MIB;
/** More than this is not proposed for memory alone. */
const MOST_FOR_MEMORY = 4 * GIB;

/** Disk space a swap file must leave free. */
export function diskReserve(diskTotal: number): number {
  return Math.max(2 * GIB, diskTotal / 10);
}

/** Bytes of swap a machine does well to have: as much as the limits of all nodes promise, and as memory (4 GiB at most). */
export function worthwhileSwap({ memory, claimed }: Pick<SwapSizeFacts, 'memory' | 'claimed'>): number {
  return Math.max(claimed, Math.min(memory, MOST_FOR_MEMORY));
}

/**
 * Bytes for a swap file: what is worthwhile less what is active, at most a quarter of the free disk. Undefined when what is active is
 * enough. DISK_FULL when the disk has no room for any.
 */
export function proposeSwapSize(facts: SwapSizeFacts): number | undefined {
  const wanted = worthwhileSwap(facts) - facts.active;
  // Some of each file is its header.
  if (wanted < MIB) return undefined;
  const room = Math.min(facts.diskFree / 4, facts.diskFree - diskReserve(facts.diskTotal));
  const size = Math.min(Math.ceil(wanted / GRAIN), Math.floor(room / GRAIN)) * GRAIN;
  if (size <= 0) throw noRoom(GRAIN, facts);
  return size;
}

/** Bytes a file of the asked size will have: whole MiB. INVALID_SIZE when it is nothing, DISK_FULL when it does not leave the reserve. */
export function checkSwapSize(asked: number, facts: Pick<SwapSizeFacts, 'diskFree' | 'diskTotal'>): number {
  if (asked <= 0) throw new NodectlError('INVALID_SIZE', '--size must be more than nothing.');
  const size = roundedSwapSize(asked);
  if (facts.diskFree - size < diskReserve(facts.diskTotal)) throw noRoom(size, facts);
  return size;
}

/** Whole MiB, at least what was asked. */
export function roundedSwapSize(asked: number): number {
  return Math.ceil(asked / MIB) * MIB;
}

function noRoom(size: number, { diskFree, diskTotal }: Pick<SwapSizeFacts, 'diskFree' | 'diskTotal'>): NodectlError {
  return new NodectlError('DISK_FULL', `There is no room for ${formatSize(size)} of swap on that disk.`, {
    hint: 'Free disk space, give a smaller --size, or a --path on another disk.',
    facts: { free: formatSize(diskFree), 'kept free': formatSize(diskReserve(diskTotal)), wanted: formatSize(size) },
  });
}
