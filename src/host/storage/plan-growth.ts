import { formatSize, MIB } from '../../node/size.ts';
import type { HostStep } from '../host-step.ts';
import { shellLine } from '../shell-word.ts';
import type { SizedFacts } from './plan-sized.ts';

/** A filesystem leaves less than this at its end unused. */
const ROUNDING = 4 * MIB;

/** Whether a filesystem has the size of its file. */
export function fills(filesystem: number, file: number): boolean {
  return filesystem >= file - ROUNDING;
}

/** Gives the file its size and its device, and the filesystem the size of the file; each step finds out by itself how far an earlier run came. */
export function growSteps({ sight, state, bytes, filesystem }: SizedFacts, attach: HostStep): readonly HostStep[] {
  const { image, loop, place } = sight;
  if (image === undefined) return state === 'detached' ? [attach] : [];
  const size = Math.max(image.size, bytes);
  const steps: HostStep[] = [];
  if (image.size < bytes) {
    steps.push(
      run('extend', `the file grows from ${formatSize(image.size)}, all of it reserved`, ['fallocate', '-l', String(bytes), place.image]),
    );
  }
  const detached = state === 'detached' || loop === undefined;
  if (detached) steps.push(attach);
  if (loop !== undefined && loop.size < size - 4096) {
    steps.push(run('show-size', 'its device shows the size that the file had', ['losetup', '-c', loop.device]));
  }
  const short = filesystem !== undefined && !fills(filesystem, size);
  if (!short) return steps;
  const device = loop?.device ?? place.link;
  return [...steps, ...((loop?.mounts ?? []).length > 0 ? resizingInUse(device, place.image, size) : resizing(device))];
}

/** The kernel zeroes the new inode tables by giving their blocks back. */
function resizingInUse(device: string, image: string, size: number): readonly HostStep[] {
  return [
    run('resize', 'the filesystem takes the room while it is used', ['resize2fs', device]),
    run('reserve', 'blocks of it were given back meanwhile', ['fallocate', '-l', String(size), image]),
  ];
}

function resizing(device: string): readonly HostStep[] {
  // Exit code 1: it mended what a power cut left, which is no failure.
  const check = run('check', 'a filesystem that nobody uses is grown only after a check', ['e2fsck', '-p', '-f', device], [0, 1]);
  return [check, run('resize', 'the filesystem takes the room', ['resize2fs', device])];
}

function run(id: string, cause: string, words: readonly string[], accepts: readonly number[] = [0]): HostStep {
  return { id, cause, command: shellLine(words), undo: null, act: { kind: 'run', words, accepts }, revert: 'needless' };
}
