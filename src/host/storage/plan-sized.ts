import { formatSize } from '../../node/size.ts';
import { type SizedPlace, unfinishedImage } from '../../node/storage/sized-place.ts';
import type { HostAct, HostStep } from '../host-step.ts';
import { shellLine } from '../shell-word.ts';
import { attachCommand } from './attach-command.ts';
import { unitSteps } from './boot-unit-steps.ts';
import { hasHoles, type SizedState } from './judge-sized.ts';
import { growSteps } from './plan-growth.ts';
import type { SizedSight } from './probe-sized.ts';

export interface SizedFacts {
  readonly sight: SizedSight;
  readonly state: SizedState;
  /** What the file shall have; a smaller one grows, a larger one stays. */
  readonly bytes: number;
  /** What the filesystem in it has; undefined where that was not looked at. */
  readonly filesystem: number | undefined;
  /** The text of the boot unit that is there. */
  readonly unit: string | undefined;
}

/** The steps from what there is to a filesystem of that size which the engine can mount, now and after every boot; none where it is so. */
export function planSized(facts: SizedFacts): readonly HostStep[] {
  const { sight, state } = facts;
  const { place, image } = sight;
  return [
    ...(sight.unfinished ? [removal(unfinishedImage(place), 'an earlier run was cut off before this file was done')] : []),
    ...(state === 'absent' ? makeSteps(sight, facts.bytes) : []),
    ...(image !== undefined && hasHoles(image) && image.size >= facts.bytes ? [reserving(place, image.size)] : []),
    ...growSteps(facts, attaching(place)),
    ...(sight.systemd ? unitSteps(place, facts.unit) : []),
  ];
}

function makeSteps({ place, copiesOnWrite }: SizedSight, bytes: number): readonly HostStep[] {
  const fresh = unfinishedImage(place);
  const folder = place.image.slice(0, place.image.lastIndexOf('/'));
  const undo = shellLine(['rm', '-f', place.image]);
  const begun = [shellLine(['install', '-m', '600', '/dev/null', fresh]), ...(copiesOnWrite ? [shellLine(['chattr', '+C', fresh])] : [])];
  return [
    runStep('make-folder', 'the file lies on the disk of the volumes', ['install', '-d', '-m', '700', folder]),
    {
      id: 'allocate',
      cause: `${formatSize(bytes)} whose blocks are all reserved now`,
      command: [...begun, shellLine(['fallocate', '-l', String(bytes), fresh])].join(' && '),
      undo: shellLine(['rm', '-f', fresh]),
      act: { kind: 'allocate', path: fresh, bytes, how: 'reserve', noCopyOnWrite: copiesOnWrite },
      revert: { kind: 'remove-file', path: fresh },
    },
    // Discarding would give the reserved blocks back, and so would the kernel, where it zeroes the inode tables after the first mount. An
    // error shall stop geth instead of being written over.
    runStep('make-filesystem', 'the size of a filesystem is a wall', [
      ...['mkfs.ext4', '-q', '-F', '-m', '0', '-e', 'remount-ro', '-i', '65536'],
      ...['-E', 'nodiscard,lazy_itable_init=0,lazy_journal_init=1,root_owner=1000:1000', fresh],
    ]),
    {
      id: 'publish',
      cause: 'the file is whole and gets its name',
      command: shellLine(['mv', '-n', fresh, place.image]),
      undo,
      act: { kind: 'publish', from: fresh, to: place.image },
      revert: { kind: 'remove-file', path: place.image },
    },
    attaching(place),
  ];
}

function attaching(place: SizedPlace): HostStep {
  const revert: HostAct = { kind: 'detach-loop', place };
  return {
    id: 'attach',
    cause: 'the engine can mount a device, not a file',
    command: attachCommand(place),
    undo: `losetup -d "$(readlink ${place.link})" && rm ${place.link}`,
    act: { kind: 'attach-loop', place },
    revert,
  };
}

function reserving({ image }: SizedPlace, bytes: number): HostStep {
  return runStep('reserve', 'blocks of it were given back, and the disk could run out of them', ['fallocate', '-l', String(bytes), image]);
}

/** A program's run that need not be taken back. */
export function runStep(id: string, cause: string, words: readonly string[], accepts?: readonly number[]): HostStep {
  const act: HostAct = accepts === undefined ? { kind: 'run', words } : { kind: 'run', words, accepts };
  return { id, cause, command: shellLine(words), undo: null, act, revert: 'needless' };
}

export function removal(path: string, cause: string): HostStep {
  return {
    ...{ id: 'remove-file', cause, command: shellLine(['rm', '-f', path]), undo: null },
    ...{ act: { kind: 'remove-file', path }, revert: 'needless' },
  };
}
