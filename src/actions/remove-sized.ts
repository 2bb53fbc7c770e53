import { NodectlError } from '../errors.ts';
import type { HostStep } from '../host/host-step.ts';
import { unitPath } from '../host/storage/boot-unit.ts';
import { planSizedRemove } from '../host/storage/plan-sized-remove.ts';
import { probeSized } from '../host/storage/probe-sized.ts';
import { type SizedPlace, sizedPlaceOf } from '../node/storage/sized-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';
import { applyHostSteps } from './apply-host-steps.ts';
import { alone } from './change-host.ts';

type Labelled = Pick<ObservedVolume, 'name' | 'labels'>;

/** STORAGE_IMPOSSIBLE or PERMISSION, before anything is removed, where a volume's file is out of reach. */
export async function refuseUnremovable(volumes: readonly Labelled[], local: boolean, world: World): Promise<void> {
  const places = volumes.flatMap((volume) => sizedPlaceOf(volume) ?? []);
  const [place] = places;
  if (place === undefined) return;
  if (!local) {
    throw new NodectlError(
      'STORAGE_IMPOSSIBLE',
      `The volume ${place.volume} is the file ${place.image} on the engine's machine. Nothing was removed.`,
      {
        hint: 'Run the same command there.',
      },
    );
  }
  if ((await world.hostFiles()).uid === 0) return;
  throw new NodectlError('PERMISSION', `Only root may remove ${place.image}, which is the volume ${place.volume}. Nothing was removed.`, {
    hint: 'Run the same command with sudo.',
  });
}

/** Takes away the file of a volume and all that shows it; of a volume that is no filesystem of nodectl's, nothing. The volume itself goes afterwards. */
export async function removeSized(volume: Labelled, world: World): Promise<void> {
  const place = sizedPlaceOf(volume);
  if (place !== undefined) await removeSizedPlace(place, world);
}

/** The same by the place alone. */
export async function removeSizedPlace(place: SizedPlace, world: World): Promise<void> {
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  if (plan(place, hands.files).length === 0) return;
  await alone(hands.changes, world, async () => applyHostSteps(plan(place, hands.files), hands, world));
}

function plan(place: SizedPlace, files: HostFiles): readonly HostStep[] {
  const unit = files.read(unitPath(place));
  return planSizedRemove(probeSized(place, files), 'text' in unit ? unit.text : undefined);
}
