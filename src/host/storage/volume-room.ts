import { partNames } from '../../node/names.ts';
import { reserveOf } from '../../node/storage/disk-reserve.ts';
import { growthOf } from '../../node/storage/growth.ts';
import { sizedPlaceOf } from '../../node/storage/sized-place.ts';
import { volumeStorage } from '../../node/storage/volume-storage.ts';
import type { FilesystemFacts, HostFiles } from '../../ports/host-files.ts';
import type { NodeVolume, Tenant } from '../check.ts';
import { probeVolume, type VolumeSight } from './probe-volume.ts';

/** A node's volume against its disk. Bytes. */
export interface VolumeRoom {
  readonly node: string;
  readonly name: string;
  /** Whether `storage grow` can give it more. */
  readonly sized: boolean;
  readonly walls: VolumeSight['walls'];
  readonly disk: FilesystemFacts | undefined;
  /** What it takes; undefined where nobody knows. */
  readonly used: number | undefined;
  /** Undefined where the journal tells too little. */
  readonly perDay: number | undefined;
  /** Free space below which geth ends itself. */
  readonly reserve: number;
  /** What it may still take of the disk by a size that it was promised; undefined where it was promised none. */
  readonly owed: number | undefined;
}

/** Looks at a volume, with what its node was asked to be; `tenant` is undefined where the node has no container. */
export function probeVolumeRoom(
  { node, volume, sizes }: NodeVolume,
  tenant: Tenant | undefined,
  now: number,
  files: HostFiles,
): VolumeRoom {
  const { walls, disk } = probeVolume(volume, files);
  const place = sizedPlaceOf(volume);
  const isChain = volume.name === partNames(node).volume;
  const used = walls === undefined ? sizes.at(-1)?.value : walls.total - walls.free;
  return {
    ...{ node, name: volume.name, sized: place !== undefined, walls, disk, used },
    perDay: growthOf(sizes, now)?.bytesPerDay,
    reserve: isChain ? reserveOf(tenant?.container.args ?? []) : 0,
    owed: place === undefined ? owed(volume, isChain ? tenant : undefined, used) : holes(place.image, files),
  };
}

/** A quota, or a size that only a watchdog keeps, is no more than a promise. */
function owed(volume: NodeVolume['volume'], tenant: Tenant | undefined, used: number | undefined): number | undefined {
  const kept = volumeStorage(volume);
  const promised = kept.mode === 'quota' ? kept.bytes : (tenant?.spec.storage ?? undefined);
  return promised === undefined || used === undefined ? undefined : Math.max(0, promised - used);
}

/** The blocks of a filesystem in a file are its own already, unless somebody gave them back. */
function holes(image: string, files: HostFiles): number {
  const status = files.status(image);
  return status === undefined ? 0 : Math.max(0, status.size - status.allocated);
}
