import { formatSize, MIB } from '../../node/size.ts';
import type { HostStep } from '../host-step.ts';
import { shellLine, shellWord } from '../shell-word.ts';
import { addFstabLine, fstabLine } from './fstab-line.ts';
import type { SwapPlaceState } from './judge-swap-place.ts';
import { SWAP_LABEL } from './swap-header.ts';
import type { SwapMethod } from './swap-method.ts';
import { unfinishedPath } from './swap-path.ts';

export const FSTAB = '/etc/fstab';

export interface SwapAddFacts {
  readonly path: string;
  readonly state: SwapPlaceState;
  /** Of a file that has to be made. */
  readonly bytes: number;
  readonly method: SwapMethod;
  /** Permission bits of the file that is there. */
  readonly mode: number | undefined;
  /** Whether an interrupted run left its file behind. */
  readonly unfinished: boolean;
  readonly fstab: string | undefined;
}

/** The steps from what is there to a swap file in use now and after every boot; none where that is so already. */
export function planSwapAdd(facts: SwapAddFacts): readonly HostStep[] {
  const { path, state, fstab } = facts;
  const steps: HostStep[] = [];
  if (facts.unfinished) steps.push(removeUnfinished(path));
  if (state === 'spoiled') steps.push(removal(path, 'it is a swap file of nodectl, not in use and not as it shall be'));
  if (state === 'absent' || state === 'spoiled') steps.push(...making(facts));
  if (state === 'active' && facts.mode !== 0o600) {
    const words = ['chmod', '600', path];
    const cause = 'others could read what was in memory';
    steps.push({ id: 'close-file', cause, command: shellLine(words), undo: null, act: { kind: 'run', words }, revert: 'needless' });
  }
  if (state !== 'active') {
    steps.push({
      id: 'swap-on',
      cause: 'the kernel shall use it now',
      command: shellLine(['swapon', path]),
      undo: shellLine(['swapoff', path]),
      act: { kind: 'swap-on', path },
      revert: { kind: 'swap-off', path },
    });
  }
  const { text, changed } = addFstabLine(fstab, path);
  if (changed) steps.push(persisting(path, fstab, text));
  return steps;
}

/** Clears away what a run that was killed left of the file for this path. */
export function removeUnfinished(path: string): HostStep {
  return removal(unfinishedPath(path), 'an earlier run was cut off before this file was done');
}

function removal(path: string, cause: string): HostStep {
  return {
    id: 'remove-file',
    cause,
    command: shellLine(['rm', '-f', path]),
    undo: null,
    act: { kind: 'remove-file', path },
    revert: 'needless',
  };
}

function making({ path, bytes, method }: SwapAddFacts): readonly HostStep[] {
  const fresh = unfinishedPath(path);
  const words = ['mkswap', '-L', SWAP_LABEL, fresh];
  const remove = shellLine(['rm', '-f', path]);
  return [
    {
      id: 'allocate',
      cause: `${formatSize(bytes)} that only root can read, without holes`,
      command: allocation(fresh, bytes, method),
      undo: shellLine(['rm', '-f', fresh]),
      act: { kind: 'allocate', path: fresh, bytes, ...method },
      revert: { kind: 'remove-file', path: fresh },
    },
    {
      id: 'make-swap',
      cause: 'the kernel swaps only to a file with a header',
      command: shellLine(words),
      undo: null,
      act: { kind: 'run', words },
      revert: 'needless',
    },
    {
      id: 'publish',
      cause: 'the file is whole and gets its name',
      command: shellLine(['mv', '-n', fresh, path]),
      undo: remove,
      act: { kind: 'publish', from: fresh, to: path },
      revert: { kind: 'remove-file', path },
    },
  ];
}

function allocation(path: string, bytes: number, { how, noCopyOnWrite }: SwapMethod): string {
  return [
    shellLine(['install', '-m', '600', '/dev/null', path]),
    ...(noCopyOnWrite ? [shellLine(['chattr', '+C', path])] : []),
    how === 'reserve'
      ? shellLine(['fallocate', '-l', String(bytes), path])
      : shellLine(['dd', 'if=/dev/zero', `of=${path}`, 'bs=1M', `count=${bytes / MIB}`, 'conv=fsync']),
  ].join(' && ');
}

function persisting(path: string, fstab: string | undefined, text: string | undefined): HostStep {
  const line = fstabLine(path);
  return {
    id: 'persist',
    cause: 'it shall be swap after every boot',
    command: `echo ${shellWord(line)} >> ${FSTAB}`,
    undo: `nodectl host swap remove --path ${shellWord(path)}`,
    act: { kind: 'write-file', path: FSTAB, expected: fstab, text, mode: 0o644 },
    revert: { kind: 'write-file', path: FSTAB, expected: text, text: fstab, mode: 0o644 },
  };
}
