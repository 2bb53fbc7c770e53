import { NodectlError } from '../../errors.ts';
import { formatSize, MIB } from '../size.ts';
import type { NodeSpec } from '../spec.ts';
import { chooseStorageMode } from './choose-storage-mode.ts';
import { leastStorage } from './min-free-disk.ts';
import type { AskedStorageMode, StorageMode } from './storage-modes.ts';
import type { StorageSight } from './storage-sight.ts';
import type { VolumeStorage } from './volume-storage.ts';

export interface StorageQuestion {
  readonly node: string;
  readonly asked: { readonly storage: number | undefined; readonly storageMode: AskedStorageMode | undefined };
  readonly present: Pick<NodeSpec, 'storage' | 'storageMode'> | undefined;
  /** Undefined where the volume is still to be made. */
  readonly volume: VolumeStorage | undefined;
  /** Bytes of the file that a sized volume has now; undefined where it cannot be seen. */
  readonly held: number | undefined;
  /** geth's `--cache`. */
  readonly cacheMib: number;
  readonly sight: StorageSight;
}

/** The size of a node's chain volume and how it is kept. */
export interface StorageGoal {
  readonly storage: number;
  readonly mode: StorageMode;
  readonly notes: readonly string[];
}

/**
 * What the chain volume shall have: asked before what it has before what the node was asked earlier; undefined where no size is known.
 * STORAGE_IMPOSSIBLE for what this host cannot do, STORAGE_FIXED for what a volume that exists cannot become, INVALID_SIZE, USAGE.
 */
export function storageGoal(question: StorageQuestion): StorageGoal | undefined {
  const { asked, present, volume, held } = question;
  const has = volume?.mode === 'sized' ? held : volume?.mode === 'quota' ? volume.bytes : undefined;
  const storage = asked.storage ?? has ?? present?.storage ?? undefined;
  if (storage === undefined) {
    if (asked.storageMode === undefined) return undefined;
    throw new NodectlError('USAGE', '--storage-mode says how a size is kept, and there is none.', {
      hint: 'Give the size with --storage.',
    });
  }
  if (asked.storage !== undefined) refuseTiny(asked.storage, question.cacheMib);
  if (volume === undefined) return newVolume(storage, question);
  return volume.mode === 'plain' ? plainVolume(storage, question) : keptVolume(storage, volume.mode, has, question);
}

function refuseTiny(storage: number, cacheMib: number): void {
  const least = leastStorage(cacheMib);
  if (storage >= least) return;
  const why = `geth closes its database below half a GiB of free disk, and writes logs ahead`;
  throw new NodectlError('INVALID_SIZE', `--storage ${formatSize(storage)} is too small for geth: ${why}.`, {
    hint: `Give at least --storage ${Math.ceil(least / MIB)}M.`,
  });
}

function newVolume(size: number, { asked, present, sight }: StorageQuestion): StorageGoal {
  const earlier = present?.storageMode;
  const choice = chooseStorageMode(asked.storageMode ?? (earlier == null || earlier === 'none' ? 'auto' : earlier), size, sight);
  if ('refusal' in choice) throw new NodectlError('STORAGE_IMPOSSIBLE', choice.refusal.message, { hint: choice.refusal.hint });
  // A filesystem is made of whole blocks.
  const storage = choice.mode === 'sized' ? Math.ceil(size / MIB) * MIB : size;
  const said = asked.storageMode === undefined || asked.storageMode === 'auto' || choice.mode === 'driver' || choice.mode === 'watchdog';
  return { storage, mode: choice.mode, notes: said ? [choice.reason] : [] };
}

/** A volume that was made with a size. */
function keptVolume(
  storage: number,
  mode: 'sized' | 'quota',
  has: number | undefined,
  { asked, node, present }: StorageQuestion,
): StorageGoal {
  if (asked.storageMode !== undefined && asked.storageMode !== 'auto' && asked.storageMode !== mode)
    throw otherMode(node, mode, asked.storageMode);
  const size = has ?? present?.storage ?? storage;
  if (storage < size) {
    throw new NodectlError(
      'STORAGE_FIXED',
      `The chain volume of ${node} has ${formatSize(size)} and cannot shrink to ${formatSize(storage)}.`,
      {
        hint: 'Leave --storage out, or begin another chain with another --name.',
      },
    );
  }
  if (storage > size && mode === 'quota') {
    throw new NodectlError('STORAGE_FIXED', `The engine sets the ${formatSize(size)} of this volume's quota anew at every start.`, {
      hint: `Move the chain into a volume that can grow: \`nodectl storage migrate ${node} --to sized\`.`,
    });
  }
  return { storage, mode, notes: [] };
}

/** A folder on the engine's disk: nothing but a watchdog can keep it to a size. */
function plainVolume(storage: number, { asked, node, present, sight }: StorageQuestion): StorageGoal {
  if (asked.storageMode === 'sized' || asked.storageMode === 'quota') throw otherMode(node, 'plain', asked.storageMode);
  const earlier = present?.storageMode;
  if (asked.storageMode === undefined && (earlier === 'driver' || earlier === 'watchdog')) return { storage, mode: earlier, notes: [] };
  const named = asked.storageMode === 'driver' ? 'driver' : 'watchdog';
  const choice = chooseStorageMode(named, storage, sight);
  if ('refusal' in choice) throw new NodectlError('STORAGE_IMPOSSIBLE', choice.refusal.message, { hint: choice.refusal.hint });
  return { storage, mode: choice.mode, notes: [choice.reason] };
}

function otherMode(node: string, is: string, asked: AskedStorageMode): NodectlError {
  const what = is === 'plain' ? 'a plain folder' : is === 'sized' ? 'a filesystem of its own' : 'under a quota';
  return new NodectlError(
    'STORAGE_FIXED',
    `The chain volume of ${node} exists and is ${what}; a volume cannot be made ${asked} afterwards.`,
    {
      hint:
        asked === 'sized'
          ? `Move the chain: \`nodectl storage migrate ${node} --to sized\`.`
          : 'Leave --storage-mode out, or begin another chain with another --name.',
    },
  );
}
