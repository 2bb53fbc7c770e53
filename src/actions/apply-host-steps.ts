import { NodectlError } from '../errors.ts';
import type { HostAct, HostStep } from '../host/host-step.ts';
import { parseSwaps } from '../host/kernel/swaps.ts';
import { programError, swapOnError, swapOnFailure } from '../host/swap/swap-failure.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { OnProgress } from '../ports/progress.ts';
import type { World } from '../ports.ts';
import { attachLoop, detachLoop } from './attach-loop.ts';

export interface HostHands {
  readonly files: HostFiles;
  readonly changes: HostChanges;
}

const PROGRAM_TIMEOUT_MS = 60_000;
/** Of programs that work through a whole disk. */
const DISK_TIMEOUT_MS = 3_600_000;
const DISK_PROGRAMS = ['mkfs.ext4', 'e2fsck', 'resize2fs', 'fallocate'];

function patience([program = '']: readonly string[]): number {
  return DISK_PROGRAMS.includes(program) ? DISK_TIMEOUT_MS : PROGRAM_TIMEOUT_MS;
}

/**
 * Carries the steps out in order. When one fails or the person interrupts, what was done is taken back, last first, unless a step
 * cannot be: then an interruption waits until all is done. The error names what could not be taken back.
 */
export async function applyHostSteps(steps: readonly HostStep[], hands: HostHands, world: World): Promise<void> {
  const done: HostStep[] = [];
  let current: HostStep | undefined;
  const mustGoOn = () => done.some(({ revert }) => revert === 'impossible');
  try {
    for (const step of steps) {
      if (world.signal.aborted && !mustGoOn()) throw new NodectlError('INTERRUPTED', 'Interrupted.');
      current = step;
      await executeHostAct(step.act, hands, world.console.progress, world.signal);
      done.push(step);
      current = undefined;
    }
  } catch (thrown) {
    const left = mustGoOn() ? [] : await takeBack(done, current, hands);
    throw withLeftovers(thrown, left);
  } finally {
    world.console.progress(undefined);
  }
}

/** Gives the commands for what could not be taken back. */
async function takeBack(done: readonly HostStep[], failed: HostStep | undefined, hands: HostHands): Promise<readonly string[]> {
  const left: string[] = [];
  const calm = new AbortController().signal;
  const attempt = async ({ revert }: HostStep) => {
    if (typeof revert !== 'string') await executeHostAct(revert, hands, () => {}, calm);
  };
  // A program that was killed may have done its work. What else fails leaves nothing, and another's file may have that name.
  if (failed?.act.kind === 'swap-on' || failed?.act.kind === 'swap-off') await attempt(failed).catch(() => {});
  for (const step of [...done].reverse()) {
    await attempt(step).catch(() => {
      if (step.undo !== null) left.push(step.undo);
    });
  }
  return left;
}

function withLeftovers(thrown: unknown, left: readonly string[]): unknown {
  if (left.length === 0 || !(thrown instanceof NodectlError)) return thrown;
  const { code, message, hint, cause } = thrown;
  return new NodectlError(code, message, { hint, cause, facts: { ...thrown.facts, 'left to undo': left.join('; ') } });
}

async function executeHostAct(act: HostAct, { files, changes }: HostHands, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
  const isSwap = (path: string) => parseSwaps(textOf(files, '/proc/swaps') ?? '').some((area) => area.path === path);
  switch (act.kind) {
    case 'run': {
      const ran = await changes.run(act.words, { timeoutMs: patience(act.words) });
      if (!(act.accepts ?? [0]).includes(ran.exitCode)) throw programError(act.words, ran);
      return;
    }
    case 'attach-loop':
      return attachLoop(act.place, changes);
    case 'detach-loop':
      return detachLoop(act.place, files, changes);
    case 'remove-file':
      return changes.removeFile(act.path);
    case 'write-file': {
      if (textOf(files, act.path) !== act.expected) {
        throw new NodectlError('HOST_REFUSED', `${act.path} was changed by something else meanwhile.`, {
          hint: 'Run the same command again.',
        });
      }
      if (act.text === undefined) changes.removeFile(act.path);
      else changes.writeFile(act.path, act.text, act.mode);
      if (textOf(files, act.path) !== act.text) {
        throw new NodectlError('HOST_REFUSED', `${act.path} does not hold what was written to it.`, {
          hint: 'Run the same command again.',
        });
      }
      return;
    }
    case 'allocate':
      return changes.allocate(act.path, act.bytes, act, onProgress, signal);
    case 'publish':
      return changes.publish(act.from, act.to);
    case 'set-kernel-value':
      return changes.setKernelValue(act.path, act.value);
    case 'swap-on': {
      const ran = await changes.run(['swapon', act.path], { timeoutMs: PROGRAM_TIMEOUT_MS });
      if (isSwap(act.path) && (ran.exitCode === 0 || swapOnFailure(ran) === 'busy')) return;
      throw swapOnError(act.path, ran);
    }
    case 'swap-off': {
      // Pages come back one by one: no time limit, and the kernel keeps the area when it is interrupted.
      const ran = await changes.run(['swapoff', act.path], { signal });
      if (isSwap(act.path)) throw programError(['swapoff', act.path], ran);
      return;
    }
  }
}

function textOf(files: HostFiles, path: string): string | undefined {
  const read = files.read(path);
  return 'text' in read ? read.text : undefined;
}
