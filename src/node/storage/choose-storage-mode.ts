import { formatSize } from '../size.ts';
import type { AskedStorageMode, StorageMode } from './storage-modes.ts';
import type { StorageSight } from './storage-sight.ts';

export type StorageChoice =
  | {
      readonly mode: StorageMode;
      /** Why this one, a sentence. */
      readonly reason: string;
    }
  | { readonly refusal: { readonly message: string; readonly hint: string } };

/** Disk that a filesystem in a file leaves to everything else, bytes. */
const LEFT_FREE = 512 * 1024 * 1024;

/** How the size of a new chain volume is kept: the best that this host can do, or what was asked, or why that cannot be. */
export function chooseStorageMode(asked: AskedStorageMode, size: number, sight: StorageSight): StorageChoice {
  if (asked === 'auto') return bestMode(size, sight);
  const obstacle = obstacleTo(asked, size, sight);
  if (obstacle === undefined) return { mode: asked, reason: reasonFor(asked, sight) };
  return { refusal: { message: `--storage-mode ${asked} is not possible here: ${obstacle}.`, hint: whatWorks(size, sight) } };
}

/** Why a mode cannot be had; undefined when it can. */
function obstacleTo(mode: Exclude<AskedStorageMode, 'auto'>, size: number, sight: StorageSight): string | undefined {
  switch (mode) {
    case 'quota':
      // The engine on another machine refuses by itself what it cannot keep.
      return sight.quota === undefined && sight.local ? noQuota(sight) : undefined;
    case 'sized':
      return noSized(sight) ?? tooLarge(size, sight);
    case 'driver':
      return sight.layer === 'kept'
        ? undefined
        : `the storage driver ${sight.driver} ${sight.layer === 'ignored' ? 'ignores' : 'refuses'} a size`;
    case 'watchdog':
      return undefined;
  }
}

function noQuota({ disk }: StorageSight): string {
  return `the disk of the engine's volumes${disk === undefined ? '' : ` (${disk.type})`} has no project quotas`;
}

function noSized({ local, root, sizedObstacle }: StorageSight): string | undefined {
  if (!local) return 'the engine is on another machine, and only there can a filesystem be made';
  if (!root) return 'only root (sudo) can make a filesystem in a file';
  return sizedObstacle;
}

function tooLarge(size: number, { disk }: StorageSight): string | undefined {
  if (disk === undefined || size + LEFT_FREE <= disk.free) return undefined;
  return `${formatSize(size)} and ${formatSize(LEFT_FREE)} for everything else are more than the ${formatSize(disk.free)} that are free on its disk`;
}

function bestMode(size: number, sight: StorageSight): StorageChoice {
  if (sight.quota !== undefined) return { mode: 'quota', reason: reasonFor('quota', sight) };
  const obstacle = noSized(sight);
  if (obstacle !== undefined) return { mode: 'watchdog', reason: `Nothing here can keep the chain to its size: ${obstacle}.` };
  const large = tooLarge(size, sight);
  if (large === undefined) return { mode: 'sized', reason: reasonFor('sized', sight) };
  const hint = `${whatWorks(size, sight)} Or give a smaller --storage.`;
  return { refusal: { message: `A volume of this size cannot be promised: ${large}.`, hint } };
}

function reasonFor(mode: StorageMode, { quota, driver }: StorageSight): string {
  switch (mode) {
    case 'quota':
      return `The disk of the engine's volumes has quotas (${quota}).`;
    case 'sized':
      return 'The chain gets a filesystem of its own in a file, whose blocks are all reserved.';
    case 'driver':
      return `The storage driver ${driver} keeps the container's layer to the size; nothing keeps the chain volume to it.`;
    default:
      return 'Nothing of the kernel keeps the chain to its size: a watchdog has to stop geth at the limit.';
  }
}

/** The nearest that is known to be had; whether an engine elsewhere keeps to a quota, it alone knows. */
function whatWorks(size: number, sight: StorageSight): string {
  const able = { quota: sight.quota !== undefined, sized: obstacleTo('sized', size, sight) === undefined };
  const nearest = able.quota ? 'quota' : able.sized ? 'sized' : 'watchdog';
  return `What works: --storage-mode ${nearest}.`;
}
