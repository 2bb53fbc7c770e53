import { isGuardSeen, wardLock } from '../host/guard/guard-seen.ts';
import { loopAt } from '../host/storage/probe-sized.ts';
import { quotaKind } from '../host/storage/quota-kind.ts';
import { DATA_DIRECTORY } from '../node/container-paths.ts';
import { partNames } from '../node/names.ts';
import type { NodeSpec } from '../node/spec.ts';
import { linkOf } from '../node/storage/sized-place.ts';
import { type StorageFacts, storageFacts } from '../node/storage/storage-facts.ts';
import type { QuotaKind } from '../node/storage/storage-sight.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';

export interface StoragePlace {
  /** The chain volume's name. */
  readonly volume: string;
  /** Its path on the engine's host; undefined where the engine has no such volume. */
  readonly mountpoint: string | undefined;
  /** The node's container runs, so that the volume is mounted. */
  readonly running: boolean;
  /** Of the node's container. */
  readonly container: string;
  /** The engine's host is this machine. */
  readonly local: boolean;
  /** The engine's own word for the volume's size; it refuses one that it cannot keep. */
  readonly option?: { readonly bytes: number; readonly kind: QuotaKind } | undefined;
}

/** Where a node's container has its chain. */
export function storagePlace(node: string, { id, mounts, state }: ObservedContainer, local: boolean): StoragePlace {
  const mountpoint = mounts.find(({ target }) => target === DATA_DIRECTORY)?.source;
  return { volume: partNames(node).volume, mountpoint, container: id, running: state === 'running', local };
}

/** Reads back what keeps a node's chain to its size, by the kernel of this machine where the engine runs here. */
export async function seeStorage(
  spec: Pick<NodeSpec, 'storage' | 'storageMode'>,
  place: StoragePlace,
  world: World,
): Promise<StorageFacts> {
  const { storage, storageMode } = spec;
  const walled = place.local && (storageMode === 'sized' || storageMode === 'quota');
  // A guard may be on this machine also where the engine is not.
  const guardable = place.running && storageMode !== 'sized' && storageMode !== 'quota';
  if (storage === null || !(walled || guardable))
    return storageFacts(spec, { loop: undefined, quota: byEngine(place), option: place.option?.bytes, guarded: false });
  const files = await world.hostFiles();
  if (guardable)
    return storageFacts(spec, {
      ...{ loop: undefined, quota: undefined, option: undefined },
      guarded: isGuardSeen(wardLock(place.container), files),
    });
  return storageFacts(spec, {
    loop: spec.storageMode === 'sized' ? loopOf(place, files) : undefined,
    quota: spec.storageMode === 'quota' ? quotaOf(place, files) : undefined,
    option: place.option?.bytes,
    guarded: false,
  });
}

function loopOf({ volume, mountpoint, running }: StoragePlace, files: HostFiles) {
  const device = files.link(linkOf(volume));
  const loop = device === undefined ? undefined : loopAt(device, files);
  if (loop === undefined || loop.deleted) return undefined;
  const mounted = !running || (mountpoint !== undefined && loop.mounts.includes(mountpoint));
  return { device: loop.device, size: loop.size, mounted };
}

function quotaOf({ mountpoint }: StoragePlace, files: HostFiles) {
  const disk = mountpoint === undefined ? undefined : files.filesystem(mountpoint);
  const kind = quotaKind(disk);
  // Who may not enter the folder is told of a disk above it.
  return kind && { kind, total: files.uid === 0 ? disk?.total : undefined };
}

function byEngine({ option }: StoragePlace) {
  return option && { kind: option.kind, total: undefined };
}
