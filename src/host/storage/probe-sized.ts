import { type SizedPlace, unfinishedImage } from '../../node/storage/sized-place.ts';
import type { FileStatus, HostFiles } from '../../ports/host-files.ts';
import { textOf } from '../place.ts';

/** A loop device that shows a volume's file. */
export interface LoopDevice {
  /** /dev/loopN. */
  readonly device: string;
  /** Bytes that the kernel shows of the file. */
  readonly size: number;
  /** The file has no name any more; the kernel keeps it as long as the device has it. */
  readonly deleted: boolean;
  /** Where it is mounted; empty where it is not, as far as can be seen from here. */
  readonly mounts: readonly string[];
}

/** What there is of a volume's filesystem. */
export interface SizedSight {
  readonly place: SizedPlace;
  /** Undefined where there is none, or where it cannot be seen. */
  readonly image: FileStatus | undefined;
  /** Only root sees into the engine's folder. */
  readonly seesImage: boolean;
  readonly unfinished: boolean;
  readonly loop: LoopDevice | undefined;
  /** What the link names. */
  readonly link: string | undefined;
  readonly systemd: boolean;
  /** Free bytes on the file's disk; undefined where they cannot be told. */
  readonly free: number | undefined;
  /** The file's disk writes what changes to blocks of its own, unless a file is exempt from that (btrfs). */
  readonly copiesOnWrite: boolean;
}

const DELETED = ' (deleted)';
const SECTOR = 512;

/** Looks at a volume's filesystem by the kernel's files, which everybody may read. */
export function probeSized(place: SizedPlace, files: HostFiles): SizedSight {
  const disk = files.filesystem(place.image);
  return {
    place,
    image: files.status(place.image),
    seesImage: files.uid === 0,
    unfinished: files.status(unfinishedImage(place)) !== undefined,
    loop: loopOf(place.image, files),
    link: files.link(place.link),
    systemd: files.status('/run/systemd/system') !== undefined,
    free: disk?.free,
    copiesOnWrite: disk?.type === 'btrfs',
  };
}

function loopOf(image: string, files: HostFiles): LoopDevice | undefined {
  for (const name of files.list('/sys/block') ?? []) {
    if (!/^loop\d+$/.test(name)) continue;
    const backing = textOf(files, `/sys/block/${name}/loop/backing_file`)?.trimEnd();
    if (backing === image || backing === image + DELETED) return loopAt(`/dev/${name}`, files);
  }
  return undefined;
}

/** A loop device that shows a file; undefined for one that shows none, or is none. */
export function loopAt(device: string, files: HostFiles): LoopDevice | undefined {
  const folder = `/sys/block/${device.slice('/dev/'.length)}`;
  const backing = textOf(files, `${folder}/loop/backing_file`)?.trimEnd();
  if (backing === undefined) return undefined;
  return {
    device,
    size: Number(textOf(files, `${folder}/size`) ?? 0) * SECTOR,
    deleted: backing.endsWith(DELETED),
    mounts: mountsOf(textOf(files, `${folder}/dev`)?.trim(), files),
  };
}

/** By the device's number: the engine mounts it by another name. */
function mountsOf(number: string | undefined, files: HostFiles): readonly string[] {
  const read = files.read('/proc/self/mountinfo', 4 * 1024 * 1024);
  if (number === undefined || !('text' in read)) return [];
  return read.text.split('\n').flatMap((line) => {
    const [, , device, , point] = line.split(' ');
    return device === number && point !== undefined ? [point] : [];
  });
}
