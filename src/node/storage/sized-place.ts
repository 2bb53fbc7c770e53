import * as z from 'zod/mini';
import { LABEL_STORAGE } from '../labels.ts';

/** Where the filesystem of a volume is, and under which name the engine mounts it. */
export interface SizedPlace {
  readonly volume: string;
  /** The file that holds the filesystem. */
  readonly image: string;
  /**
   * Names the loop device of the moment. It lies in /dev, which every boot begins anew: a number that belongs to somebody else by
   * then is never mounted, and the engine, which mounts it itself, fails instead of writing beside it.
   */
  readonly link: string;
}

const LINKS = '/dev/nodectl';

/** What a volume's filesystem shall be. */
export interface SizedWish {
  readonly place: SizedPlace;
  /** Of the file; a larger one stays as it is. */
  readonly bytes: number;
  /** What the file had before; null where there was none. */
  readonly least: number | null;
}

/** Where the files lie; `root` is the engine's own folder. */
export function imageFolder(root: string): string {
  return `${root}/nodectl`;
}

/** The link of a volume. */
export function linkOf(volume: string): string {
  return `${LINKS}/${volume}`;
}

/** The place of a volume that is new; `root` is the engine's own folder, on whose disk its volumes would lie. */
export function newSizedPlace(volume: string, root: string): SizedPlace {
  return { volume, image: `${imageFolder(root)}/${volume}.img`, link: linkOf(volume) };
}

const Record = z.strictObject({ v: z.literal(1), mode: z.literal('sized'), image: z.string().check(z.regex(/^\/.+\.img$/)) });

/** What the volume's label says of it. */
export function sizedLabel({ image }: SizedPlace): Readonly<{ [LABEL_STORAGE]: string }> {
  return { [LABEL_STORAGE]: JSON.stringify({ v: 1, mode: 'sized', image }) };
}

/** The place of a volume that is a filesystem of nodectl's; undefined of any other volume. */
export function sizedPlaceOf(volume: {
  readonly name: string;
  readonly labels: Readonly<{ readonly [label: string]: string }>;
}): SizedPlace | undefined {
  const text = volume.labels[LABEL_STORAGE];
  if (text === undefined) return undefined;
  try {
    const { image } = Record.parse(JSON.parse(text));
    return { volume: volume.name, image, link: linkOf(volume.name) };
  } catch {
    return undefined;
  }
}

/**
 * The words of the engine's local driver for it. Noatime: reading a chain shall not write. Noinit_itable (ext4(5)): where it grew, the kernel
 * would write zeroes into the new inode tables bit by bit, which a loop device does by giving their reserved blocks back to the disk.
 */
export function sizedOptions({ link }: SizedPlace): Readonly<{ type: string; device: string; o: string }> {
  return { type: 'ext4', device: link, o: 'noatime,noinit_itable' };
}

/** The file while it is made. */
export function unfinishedImage({ image }: SizedPlace): string {
  return `${image}.new`;
}
