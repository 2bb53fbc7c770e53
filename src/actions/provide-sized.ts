import { NodectlError } from '../errors.ts';
import type { HostStep } from '../host/host-step.ts';
import { CAPABILITY, hasCapability } from '../host/kernel/capabilities.ts';
import { textOf } from '../host/place.ts';
import { unitPath } from '../host/storage/boot-unit.ts';
import { FEW, judgeSized } from '../host/storage/judge-sized.ts';
import { fills } from '../host/storage/plan-growth.ts';
import { planSized } from '../host/storage/plan-sized.ts';
import { probeSized, type SizedSight } from '../host/storage/probe-sized.ts';
import { formatSize } from '../node/size.ts';
import type { SizedWish } from '../node/storage/sized-place.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';
import { applyHostSteps, type HostHands } from './apply-host-steps.ts';
import { alone } from './change-host.ts';

export interface SizedLook {
  readonly sight: SizedSight;
  readonly steps: readonly HostStep[];
  /** Bytes of the filesystem; undefined where only root could tell, or there is none yet. */
  readonly filesystem: number | undefined;
}

/**
 * Looks at a volume's filesystem and plans what it lacks. STORAGE_LOST where its file is gone or cut, STORAGE_FIXED where a chain lies there that is no volume's, DISK_FULL where it cannot grow to
 * its size. `changes` is used for looking alone (`dumpe2fs`), and left out the filesystem's own size is not known.
 */
export async function lookAtSized({ place, bytes, least }: SizedWish, files: HostFiles, changes?: HostChanges): Promise<SizedLook> {
  const sight = probeSized(place, files);
  const judged = judgeSized(sight, least);
  if ('message' in judged) throw new NodectlError('STORAGE_LOST', judged.message, { hint: judged.hint });
  const missing = bytes - (sight.image?.allocated ?? 0);
  if (sight.seesImage && sight.free !== undefined && missing > Math.max(sight.free, FEW)) {
    throw new NodectlError(
      'DISK_FULL',
      `The disk of ${place.image} has ${formatSize(sight.free)} free; ${formatSize(missing)} more are needed.`,
    );
  }
  const { image, loop } = sight;
  const found = image === undefined || changes === undefined ? undefined : await filesystemFacts(loop?.device ?? place.image, changes);
  if (least === null && found?.used === true) throw leftBehind(place);
  const filesystem = found?.bytes;
  const unit = files.read(unitPath(place));
  const facts = { sight, state: judged.state, bytes, filesystem, unit: 'text' in unit ? unit.text : undefined };
  const steps = planSized(facts);
  if ((loop?.mounts ?? []).length > 0 && steps.some(({ id }) => id === 'resize')) refuseGrowthInUse(place, files);
  return { sight, filesystem, steps };
}

/** Makes, attaches or grows a volume's filesystem, by whatever of it there is, and reads back what it became. PERMISSION for whoever is not root. */
export async function provideSized(wish: SizedWish, hands: HostHands, world: World): Promise<readonly HostStep[]> {
  return alone(hands.changes, world, async () => {
    const { steps } = await lookAtSized(wish, hands.files, hands.changes);
    await applyHostSteps(steps, hands, world);
    const { sight, filesystem } = await lookAtSized({ ...wish, least: wish.bytes }, hands.files, hands.changes);
    const { image, loop } = sight;
    if (loop === undefined || image === undefined || filesystem === undefined || !fills(filesystem, image.size))
      throw stayedSmall(wish, sight, filesystem);
    return steps;
  });
}

/** Before anything is done: HOST_REFUSED where root has not the right that growing a mounted filesystem takes. */
function refuseGrowthInUse({ volume }: SizedWish['place'], files: HostFiles): void {
  if (hasCapability(textOf(files, '/proc/self/status') ?? '', CAPABILITY.sysResource) !== false) return;
  throw new NodectlError(
    'HOST_REFUSED',
    `The filesystem of ${volume} is in use, and this system may not grow it meanwhile (no CAP_SYS_RESOURCE).`,
    {
      hint: 'Stop the node with `nodectl stop`, run the same command again, then `nodectl start`.',
    },
  );
}

function stayedSmall({ place }: SizedWish, { image, loop }: SizedSight, filesystem: number | undefined): NodectlError {
  const mounted = (loop?.mounts ?? []).length > 0;
  const has = filesystem === undefined ? 'no size that can be told' : formatSize(filesystem);
  return new NodectlError('HOST_REFUSED', `The filesystem in ${place.image} (${formatSize(image?.size ?? 0)}) has ${has}.`, {
    hint: mounted ? 'Stop the node with `nodectl stop`, run the same command again, then `nodectl start`.' : 'Run the same command again.',
  });
}

/** The chain of a volume that somebody removed by other means: neither taken over unseen nor removed. */
function leftBehind({ volume, image }: SizedWish['place']): NodectlError {
  return new NodectlError(
    'STORAGE_FIXED',
    `${image} holds a chain, and the engine has no volume ${volume} any more. It is left as it is.`,
    {
      hint: `Use another --name, or remove it when you need it no more: \`losetup -j ${image}\`, \`losetup -d\` what that names, \`rm ${image}\`.`,
    },
  );
}

async function filesystemFacts(
  device: string,
  changes: HostChanges,
): Promise<{ readonly bytes: number; readonly used: boolean } | undefined> {
  const ran = await changes.run(['dumpe2fs', '-h', device], { timeoutMs: 60_000 });
  const field = (name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(ran.stdout)?.[1];
  const bytes = Number(field('Block count')) * Number(field('Block size'));
  if (ran.exitCode !== 0 || !Number.isFinite(bytes)) return undefined;
  return { bytes, used: field('Last mount time') !== 'n/a' };
}
