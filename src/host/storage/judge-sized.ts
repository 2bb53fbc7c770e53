import { formatSize, MIB } from '../../node/size.ts';
import type { FileStatus } from '../../ports/host-files.ts';
import type { SizedSight } from './probe-sized.ts';

/**
 * `absent`: neither file nor device. `detached`: the file has no device, or the link does not name it. `behind`: the device shows less than
 * the file has, as after a growth that was cut off. `ready`: it can be mounted, or is.
 */
export type SizedState = 'absent' | 'detached' | 'behind' | 'ready';

export type SizedJudgement =
  | { readonly state: SizedState }
  /** Nothing may be done to it but what the hint says. */
  | { readonly state: 'deleted' | 'truncated' | 'lost' | 'foreign'; readonly message: string; readonly hint: string };

/** Where a volume's filesystem stands; `least` is a size that its file had before, null where it is new. */
export function judgeSized({ place, image, seesImage, loop, link }: SizedSight, least: number | null): SizedJudgement {
  if (image === undefined) {
    // Others than root have the kernel's word alone, which tells a file that was deleted too.
    if (!seesImage && loop?.deleted !== true) return { state: loop !== undefined && link === loop.device ? 'ready' : 'detached' };
    if (loop !== undefined) return deleted(place.image, loop.device);
    if (least === null) return { state: 'absent' };
    const message = `${place.image}, which held the chain volume, is gone.`;
    return {
      state: 'lost',
      message,
      hint: 'Put the file back from where it is, or begin anew: `nodectl down --volumes`, then `nodectl up`.',
    };
  }
  if (image.kind !== 'file')
    return { state: 'foreign', message: `${place.image} is no file. It is left as it is.`, hint: 'Remove it yourself.' };
  if (loop?.deleted === true) return deleted(place.image, loop.device);
  const had = Math.max(loop?.size ?? 0, least ?? 0);
  // Loop devices count whole sectors.
  if (image.size < had - 4096) {
    const message = `${place.image} was cut to ${formatSize(image.size)}; it had ${formatSize(had)}, and the end of the filesystem is lost.`;
    return { state: 'truncated', message, hint: 'Put the whole file back, or begin anew: `nodectl down --volumes`, then `nodectl up`.' };
  }
  if (loop === undefined || link !== loop.device) return { state: 'detached' };
  if (loop.size < image.size - 4096) return { state: 'behind' };
  return { state: 'ready' };
}

/** Bytes of a file whose blocks are not missed: now and then the kernel zeroes a few by giving them back, and takes them again. */
export const FEW = 16 * MIB;

/** Whether blocks of a file are promised to nobody, so that the disk could run out of them. */
export function hasHoles({ size, allocated }: Pick<FileStatus, 'size' | 'allocated'>): boolean {
  return size - allocated > FEW;
}

function deleted(image: string, device: string): SizedJudgement {
  return {
    state: 'deleted',
    message: `${image} was deleted while ${device} still shows it: its blocks go when that device goes.`,
    hint: `Save it first, while nothing restarts: stop the node with \`docker stop\`, then \`cp --sparse=never ${device} ${image}\`, and \`losetup -d ${device}\`.`,
  };
}
