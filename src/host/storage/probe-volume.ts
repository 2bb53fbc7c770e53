import { sizedPlaceOf } from '../../node/storage/sized-place.ts';
import { volumeFolder } from '../../node/storage/volume-folder.ts';
import { volumeStorage } from '../../node/storage/volume-storage.ts';
import type { ObservedVolume } from '../../ports/containers.ts';
import type { FilesystemFacts, HostFiles } from '../../ports/host-files.ts';
import { quotaKind } from './quota-kind.ts';

/** A volume of this machine's engine against the disk that it lies on. */
export interface VolumeSight {
  /** Where its files can be looked at; undefined while nothing has mounted it, and where its folder is not there. */
  readonly folder: string | undefined;
  /** What the kernel keeps it to, bytes; undefined where nothing does, or it cannot be seen now. */
  readonly walls: { readonly total: number; readonly free: number } | undefined;
  /** What lies beneath the walls: of a filesystem in a file the disk of that file. */
  readonly disk: FilesystemFacts | undefined;
}

/** Looks at a volume by the kernel's files. A filesystem that is not mounted tells nothing, and is not taken for an empty one. */
export function probeVolume(volume: ObservedVolume, files: HostFiles): VolumeSight {
  const { folder, mounted } = volumeFolder(volume);
  const place = sizedPlaceOf(volume);
  const below = files.filesystem(folder);
  if (mounted) {
    const own = below?.mountPoint === folder ? below : undefined;
    const seen = { folder: own && folder };
    return place === undefined ? { ...seen, walls: undefined, disk: own } : { ...seen, walls: own, disk: files.filesystem(place.image) };
  }
  // Others than root may not look into the engine's folders: what is not seen there may exist.
  const there = files.uid !== 0 || files.status(folder) !== undefined;
  if (!there) return { folder: undefined, walls: undefined, disk: undefined };
  const kept = volumeStorage(volume).mode === 'quota' && quotaKind(below) !== undefined;
  // Of its quota the kernel tells in the volume's folder alone, which only root may enter.
  return {
    folder,
    walls: kept && files.uid === 0 ? below : undefined,
    disk: kept ? files.filesystem(folder.slice(0, folder.indexOf(`/${volume.name}/`)) || folder) : below,
  };
}
