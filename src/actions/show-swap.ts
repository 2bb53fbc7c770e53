import { isPersistent, ownFstabPaths } from '../host/swap/fstab-line.ts';
import { MIB } from '../node/size.ts';
import type { World } from '../ports.ts';
import { isOwnSwapFile, lookAtSwap, lookAtSwapFile, promisedSwap } from './look-at-swap.ts';

/** One swap area in use; null = cannot be told. */
export interface ShownSwap {
  readonly path: string;
  readonly kind: 'file' | 'partition' | 'zram' | 'deleted';
  readonly sizeBytes: number;
  readonly usedBytes: number;
  readonly priority: number;
  /** Permission bits of a file, octal, and its owner's number. */
  readonly mode: string | null;
  readonly uid: number | null;
  /** A file that is not root's alone shows others what was in memory. */
  readonly closed: boolean | null;
  /** Whether fstab makes it swap at boot; null for partitions that it does not name by path. */
  readonly persistent: boolean | null;
  /** Made by nodectl. */
  readonly own: boolean;
}

export interface ShowSwapReport {
  readonly areas: readonly ShownSwap[];
  readonly totalBytes: number;
  readonly usedBytes: number;
  /** What the limits of all nodes promise as swap together; null when the engine cannot be asked. */
  readonly promisedBytes: number | null;
  /** Why it cannot. */
  readonly engineProblem: string | null;
  /** Whether all of that is there. */
  readonly enough: boolean | null;
}

/** The swap of this machine against what the limits of its nodes promise; needs neither root nor an engine. */
export async function showSwap(world: World): Promise<ShowSwapReport> {
  const files = await world.hostFiles();
  const swap = lookAtSwap(files);
  const inFstab = ownFstabPaths(swap.fstab);
  const areas = swap.areas.map(({ path, kind, size, used, priority }): ShownSwap => {
    const file = lookAtSwapFile(path, swap, files);
    const status = kind === 'file' ? file.status : undefined;
    const persistent = isPersistent(swap.fstab, path);
    return {
      ...{ path, kind, sizeBytes: size, usedBytes: used, priority },
      mode: status === undefined ? null : status.mode.toString(8).padStart(4, '0'),
      uid: status?.uid ?? null,
      closed: status === undefined ? null : status.uid === 0 && (status.mode & 0o077) === 0,
      persistent: persistent || kind === 'file' ? persistent : null,
      own: inFstab.includes(path) || isOwnSwapFile(file),
    };
  });
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const totalBytes = sum(areas.map(({ sizeBytes }) => sizeBytes));
  const promised = await promisedSwap(world);
  const promisedBytes = 'bytes' in promised ? promised.bytes : null;
  return {
    areas,
    totalBytes,
    usedBytes: sum(areas.map(({ usedBytes }) => usedBytes)),
    promisedBytes,
    engineProblem: 'problem' in promised ? promised.problem : null,
    // The header of each area is part of what was asked.
    enough: promisedBytes === null ? null : totalBytes + areas.length * MIB >= promisedBytes,
  };
}
