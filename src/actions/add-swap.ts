import { NodectlError } from '../errors.ts';
import type { HostStep } from '../host/host-step.ts';
import { shellLine } from '../host/shell-word.ts';
import { isPersistent } from '../host/swap/fstab-line.ts';
import { judgeSwapPlace } from '../host/swap/judge-swap-place.ts';
import { planSwapAdd, removeUnfinished } from '../host/swap/plan-swap-add.ts';
import { checkSwapSize, proposeSwapSize, roundedSwapSize } from '../host/swap/propose-swap-size.ts';
import { swapOnFailure } from '../host/swap/swap-failure.ts';
import { type SwapMethod, swapMethod } from '../host/swap/swap-method.ts';
import { unfinishedPath } from '../host/swap/swap-path.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { Ran } from '../ports/volume-run.ts';
import type { World } from '../ports.ts';
import { applyHostSteps, type HostHands } from './apply-host-steps.ts';
import { agreeToSteps, alone, refuseWithoutRoot, type ToldStep, toldSteps } from './change-host.ts';
import {
  btrfsDataProfiles,
  lookAtSwap,
  lookAtSwapFile,
  promisedSwap,
  refuseUnwritableFstab,
  refuseWithoutRightToSwap,
} from './look-at-swap.ts';

export interface AddSwapRequest {
  /** Bytes; undefined for what the machine and its nodes need. */
  readonly size: number | undefined;
  /** Bytes that the limits of all nodes promise; left out, those of the nodes there are. */
  readonly promised?: number;
  readonly path: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

export interface AddSwapReport {
  readonly path: string;
  /** Of the file at the path; null when none is needed. */
  readonly sizeBytes: number | null;
  readonly filesystem: string;
  readonly dryRun: boolean;
  /** Whether anything was done; with `dryRun`, whether anything would be. */
  readonly changed: boolean;
  readonly steps: readonly ToldStep[];
  /** Whether the path is swap after every boot. */
  readonly persistent: boolean;
  /** Swap of the whole machine, in use or free. */
  readonly totalBytes: number;
}

interface Plan {
  readonly path: string;
  readonly bytes: number | undefined;
  readonly filesystem: string;
  readonly how: SwapMethod['how'];
  readonly steps: readonly HostStep[];
}

/** Gives this machine a swap file that is in use now and after every boot, or finds nothing to do. */
export async function addSwap(request: AddSwapRequest, world: World): Promise<AddSwapReport> {
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  const { files, changes } = hands;
  if (request.dryRun) return report(request, await plan(request, hands, world), files);
  if (files.uid !== 0) {
    const planned = await plan(request, hands, world);
    if (planned.steps.length > 0) refuseWithoutRoot(files.uid, commandLine(request), planned.steps);
    return report(request, planned, files);
  }
  const first = await plan(request, hands, world);
  if (first.steps.length === 0) return report(request, first, files);
  await agreeToSteps(first.steps, 'Do this?', request.yes, world);
  const done = await alone(changes, world, async () => {
    // Another run may have done it while this one asked or waited.
    const planned = await plan(request, hands, world);
    return apply(request, planned, hands, world);
  });
  return report(request, done, files);
}

async function apply(request: AddSwapRequest, planned: Plan, hands: HostHands, world: World): Promise<Plan> {
  try {
    await applyHostSteps(planned.steps, hands, world);
    return planned;
  } catch (thrown) {
    const unfit = thrown instanceof NodectlError && isRan(thrown.cause) && swapOnFailure(thrown.cause) === 'unfit';
    if (!unfit || planned.how === 'write' || !planned.steps.some(({ act }) => act.kind === 'allocate')) throw thrown;
  }
  world.console.notice('The kernel does not take reserved blocks as swap here: writing the file instead.');
  const written = await plan(request, hands, world, 'write');
  await applyHostSteps(written.steps, hands, world);
  return written;
}

async function plan(request: AddSwapRequest, { files, changes }: HostHands, world: World, how?: SwapMethod['how']): Promise<Plan> {
  const path = changes.resolve(request.path);
  if (path === undefined) {
    throw new NodectlError('HOST_REFUSED', `There is no folder for ${request.path}.`, { hint: 'Give another --path, or make the folder.' });
  }
  const swap = lookAtSwap(files);
  const place = { path, ...lookAtSwapFile(path, swap, files) };
  const filesystem = files.filesystem(path);
  if (filesystem === undefined) throw new NodectlError('HOST_REFUSED', `The filesystem of ${path} cannot be told.`, { hint: '' });
  const asked = request.size === undefined ? undefined : roundedSwapSize(request.size);
  const state = judgeSwapPlace(place, asked);
  const method = swapMethod(path, filesystem, btrfsDataProfiles(filesystem.source, files));
  if (files.uid === 0) refuseWithoutRightToSwap(files);
  const unfinished = files.status(unfinishedPath(path));
  const make = state === 'absent' || state === 'spoiled';
  const bytes = make
    ? await sizeToMake(request, filesystem, (unfinished?.allocated ?? 0) + (place.status?.allocated ?? 0), swap, world)
    : place.status?.size;
  const told = { path, bytes, filesystem: filesystem.type, how: how ?? method.how };
  if (bytes === undefined) return { ...told, steps: unfinished === undefined ? [] : [removeUnfinished(path)] };
  const steps = planSwapAdd({
    path,
    state,
    bytes,
    method: { ...method, how: told.how },
    mode: place.status?.mode,
    unfinished: unfinished !== undefined,
    fstab: swap.fstab,
  });
  if (steps.some(({ id }) => id === 'persist')) refuseUnwritableFstab(swap.fstab, path);
  return { ...told, steps };
}

/** `freed` is what files that are removed first give back. */
async function sizeToMake(
  request: AddSwapRequest,
  filesystem: { readonly free: number; readonly total: number },
  freed: number,
  swap: ReturnType<typeof lookAtSwap>,
  world: World,
): Promise<number | undefined> {
  const disk = { diskFree: filesystem.free + freed, diskTotal: filesystem.total };
  if (request.size !== undefined) return checkSwapSize(request.size, disk);
  const claimed = request.promised ?? (await claimedSwap(world));
  return proposeSwapSize({ memory: swap.memory.total, active: swap.memory.swapTotal, claimed, ...disk });
}

async function claimedSwap(world: World): Promise<number> {
  const promised = await promisedSwap(world);
  return 'bytes' in promised ? promised.bytes : 0;
}

function report(request: AddSwapRequest, planned: Plan, files: HostFiles): AddSwapReport {
  const after = lookAtSwap(files);
  return {
    path: planned.path,
    sizeBytes: planned.bytes ?? null,
    filesystem: planned.filesystem,
    dryRun: request.dryRun,
    changed: planned.steps.length > 0,
    steps: toldSteps(planned.steps),
    persistent: isPersistent(after.fstab, planned.path),
    totalBytes: after.memory.swapTotal,
  };
}

function commandLine({ path, size }: AddSwapRequest): string {
  return shellLine(['nodectl', 'host', 'swap', 'add', ...(size === undefined ? [] : ['--size', String(size)]), '--path', path]);
}

function isRan(cause: unknown): cause is Ran {
  return typeof cause === 'object' && cause !== null && 'stderr' in cause && typeof cause.stderr === 'string';
}
