import { NodectlError } from '../errors.ts';
import { shellLine, shellWord } from '../host/shell-word.ts';
import { isPersistent, ownFstabPaths } from '../host/swap/fstab-line.ts';
import { planSwapRemove, refuseSwapOffBeyondMemory } from '../host/swap/plan-swap-remove.ts';
import { DEFAULT_SWAP_PATH, unfinishedPath } from '../host/swap/swap-path.ts';
import type { World } from '../ports.ts';
import { applyHostSteps, type HostHands } from './apply-host-steps.ts';
import { agreeToSteps, alone, refuseWithoutRoot, type ToldStep, toldSteps } from './change-host.ts';
import { isOwnSwapFile, lookAtSwap, lookAtSwapFile, refuseUnwritableFstab } from './look-at-swap.ts';

export interface RemoveSwapReport {
  /** Null when there is no swap file of nodectl. */
  readonly path: string | null;
  readonly changed: boolean;
  readonly steps: readonly ToldStep[];
  /** True when a line of fstab that is not nodectl's still names the path. */
  readonly stillInFstab: boolean;
  /** Swap of the whole machine that is left. */
  readonly totalBytes: number;
}

/** Takes a swap file of nodectl's own out of use and away; refused when its pages would not fit into memory. */
export async function removeSwap(
  request: { readonly path: string | undefined; readonly yes: boolean },
  world: World,
): Promise<RemoveSwapReport> {
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  const path = choosePath(request.path, hands);
  const first = path === undefined ? [] : plan(path, hands);
  if (path === undefined || first.length === 0) return report(path, [], hands);
  refuseWithoutRoot(hands.files.uid, shellLine(['nodectl', 'host', 'swap', 'remove', '--path', path]), first);
  await agreeToSteps(first, `Remove the swap file ${path}?`, request.yes, world);
  const done = await alone(hands.changes, world, async () => {
    const steps = plan(path, hands);
    await applyHostSteps(steps, hands, world);
    return steps;
  });
  return report(path, done, hands);
}

function plan(path: string, { files }: HostHands) {
  const swap = lookAtSwap(files);
  const file = lookAtSwapFile(path, swap, files);
  if (!isOwnSwapFile(file) && (file.status !== undefined || file.active !== undefined)) {
    // Only root may read the header; for others our line in fstab has to do.
    if (files.uid === 0 || !ownFstabPaths(swap.fstab).includes(path)) {
      throw new NodectlError('HOST_REFUSED', `${path} is no swap file of nodectl. It is left as it is.`, {
        hint: file.active === undefined ? 'Remove it yourself if it is yours.' : `Take it out of use with \`swapoff ${shellWord(path)}\`.`,
      });
    }
  }
  if (file.active !== undefined) refuseSwapOffBeyondMemory(file.active, swap.memory);
  const unfinished = files.status(unfinishedPath(path)) !== undefined;
  const steps = planSwapRemove({ path, active: file.active, exists: file.status !== undefined, unfinished, fstab: swap.fstab });
  if (steps.some(({ id }) => id === 'forget')) refuseUnwritableFstab(swap.fstab, path);
  return steps;
}

/** The path that was named, or the one swap file of ours: by fstab, by what is in use, or at the usual place. USAGE for several. */
function choosePath(asked: string | undefined, { files, changes }: HostHands): string | undefined {
  if (asked !== undefined) return changes.resolve(asked) ?? asked;
  const swap = lookAtSwap(files);
  const own = (path: string) => isOwnSwapFile(lookAtSwapFile(path, swap, files));
  const candidates = [...swap.areas.filter(({ kind }) => kind === 'file').map((area) => area.path), DEFAULT_SWAP_PATH].filter(own);
  // A line of ours may name a swap file of the person's (`doctor --fix` makes it lasting); only root can tell.
  const named = ownFstabPaths(swap.fstab).filter((path) => files.uid !== 0 || own(path) || files.status(path) === undefined);
  const paths = [...new Set([...named, ...candidates, ...leftBehind(files.status(unfinishedPath(DEFAULT_SWAP_PATH)))])];
  if (paths.length > 1) {
    throw new NodectlError('USAGE', `nodectl made several swap files: ${paths.join(', ')}.`, { hint: 'Name one with --path.' });
  }
  return paths[0];
}

function leftBehind(unfinished: unknown): readonly string[] {
  return unfinished === undefined ? [] : [DEFAULT_SWAP_PATH];
}

function report(path: string | undefined, steps: ReturnType<typeof plan>, { files }: HostHands): RemoveSwapReport {
  const after = lookAtSwap(files);
  return {
    path: path ?? null,
    changed: steps.length > 0,
    steps: toldSteps(steps),
    stillInFstab: path !== undefined && isPersistent(after.fstab, path),
    totalBytes: after.memory.swapTotal,
  };
}
