import type { ObservedVolume } from '../../ports/containers.ts';

/** Where on the engine's host the files of a volume can be found. */
export interface VolumeFolder {
  readonly folder: string;
  /** The engine mounts a filesystem there while a container runs on it: at other times the folder is empty and says nothing. */
  readonly mounted: boolean;
}

/** By the words that the volume was made with: a plain folder, another folder that is bound, or a disk that the engine mounts. */
export function volumeFolder({ mountpoint, options }: Pick<ObservedVolume, 'mountpoint' | 'options'>): VolumeFolder {
  const { device, o = '' } = options;
  if (device === undefined) return { folder: mountpoint, mounted: false };
  const bound = o.split(',').some((word) => word === 'bind' || word === 'rbind');
  return bound ? { folder: device, mounted: false } : { folder: mountpoint, mounted: true };
}
