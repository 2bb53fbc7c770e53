import { NodectlError } from '../../errors.ts';
import { formatSize, MIB } from '../../node/size.ts';
import type { HostStep } from '../host-step.ts';
import type { SwapArea } from '../kernel/swaps.ts';
import { shellLine } from '../shell-word.ts';
import { removeFstabLine } from './fstab-line.ts';
import { FSTAB, removeUnfinished } from './plan-swap-add.ts';

export interface SwapRemoveFacts {
  readonly path: string;
  readonly active: SwapArea | undefined;
  /** Whether a file of ours is there. */
  readonly exists: boolean;
  readonly unfinished: boolean;
  readonly fstab: string | undefined;
}

/**
 * The steps that take a swap file of ours back. The line of fstab goes last: it is what a run after one that was killed finds the
 * file by, and `nofail` makes it harmless.
 */
export function planSwapRemove({ path, active, exists, unfinished, fstab }: SwapRemoveFacts): readonly HostStep[] {
  const steps: HostStep[] = [];
  if (unfinished) steps.push(removeUnfinished(path));
  if (active !== undefined) {
    steps.push({
      id: 'swap-off',
      cause: 'what is swapped out goes back to memory',
      command: shellLine(['swapoff', path]),
      undo: shellLine(['swapon', path]),
      act: { kind: 'swap-off', path },
      revert: { kind: 'swap-on', path },
    });
  }
  if (exists) {
    steps.push({
      id: 'remove-file',
      cause: 'its space becomes free',
      command: shellLine(['rm', path]),
      undo: null,
      act: { kind: 'remove-file', path },
      revert: 'impossible',
    });
  }
  const { text, changed } = removeFstabLine(fstab, path);
  if (changed) {
    steps.push({
      id: 'forget',
      cause: 'it is not swap after the next boot',
      command: `sed -i '\\|^${path.replace(/[^\w/-]/g, '.')} .*x-nodectl|d' ${FSTAB}`,
      undo: null,
      act: { kind: 'write-file', path: FSTAB, expected: fstab, text, mode: 0o644 },
      revert: { kind: 'write-file', path: FSTAB, expected: text, text: fstab, mode: 0o644 },
    });
  }
  return steps;
}

/** Memory that must stay free when swapped pages come back. */
function memoryReserve(total: number): number {
  return Math.max(64 * MIB, total / 20);
}

/** HOST_REFUSED when the pages in a swap area would not fit into memory: the kernel would kill processes to make room. */
export function refuseSwapOffBeyondMemory(active: SwapArea, memory: { readonly total: number; readonly available: number }): void {
  if (active.used <= memory.available - memoryReserve(memory.total) || active.used === 0) return;
  throw new NodectlError('HOST_REFUSED', `What is swapped out to ${active.path} does not fit into memory. Nothing was changed.`, {
    hint: 'Stop a node first, or add another swap file with --path, then run the same command again.',
    facts: {
      'swapped out': formatSize(active.used),
      available: formatSize(memory.available),
      'kept free': formatSize(memoryReserve(memory.total)),
    },
  });
}
