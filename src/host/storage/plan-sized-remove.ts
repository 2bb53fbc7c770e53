import { NodectlError } from '../../errors.ts';
import { unfinishedImage } from '../../node/storage/sized-place.ts';
import type { HostStep } from '../host-step.ts';
import { unitRemoval } from './boot-unit-steps.ts';
import { removal } from './plan-sized.ts';
import type { SizedSight } from './probe-sized.ts';

/**
 * The steps that take a volume's filesystem away with everything in it; the volume itself, by whose label a run after one that was
 * killed finds the file, is to go last. HOST_REFUSED while it is mounted.
 */
export function planSizedRemove({ place, image, unfinished, loop, link }: SizedSight, unit: string | undefined): readonly HostStep[] {
  if (loop !== undefined && loop.mounts.length > 0) {
    throw new NodectlError('HOST_REFUSED', `The filesystem of the volume ${place.volume} is in use. Nothing was removed.`, {
      hint: `See who uses it with \`docker ps --filter volume=${place.volume}\`, then run the same command again.`,
      facts: { mounted: loop.mounts.join(', ') },
    });
  }
  const steps: HostStep[] = [];
  if (loop !== undefined || link !== undefined) {
    steps.push({
      id: 'detach',
      cause: 'the device shows a file that goes',
      command: [...(loop === undefined ? [] : [`losetup -d ${loop.device}`]), `rm -f ${place.link}`].join(' && '),
      undo: null,
      act: { kind: 'detach-loop', place },
      revert: 'needless',
    });
  }
  steps.push(...unitRemoval(place, unit));
  if (unfinished) steps.push(removal(unfinishedImage(place), 'an earlier run was cut off before this file was done'));
  if (image !== undefined) steps.push({ ...removal(place.image, 'all chain data and keys in it go'), revert: 'impossible' });
  return steps;
}
