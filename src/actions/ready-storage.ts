import type { NodeSpec } from '../node/spec.ts';
import { sizedPlaceOf } from '../node/storage/sized-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { refuseWithoutRoot, toldSteps } from './change-host.ts';
import { lookAtSized, provideSized } from './provide-sized.ts';

/**
 * Makes sure that the engine can mount a volume that is a filesystem of its own, as it cannot after a boot without systemd. Nothing is
 * done to any other volume, or by an engine elsewhere. STORAGE_LOST, PERMISSION.
 */
export async function readyStorage(
  { storage }: Pick<NodeSpec, 'storage'>,
  volume: ObservedVolume | undefined,
  local: boolean,
  world: World,
): Promise<void> {
  const place = volume && sizedPlaceOf(volume);
  if (place === undefined || storage === null || !local) return;
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  // What it had is all that is asked here: a file that grew since is left as it is.
  const wish = { place, bytes: storage, least: storage };
  const { steps } = await lookAtSized(wish, hands.files);
  if (steps.length === 0) return;
  refuseWithoutRoot(hands.files.uid, 'nodectl start', toldSteps(steps));
  await provideSized(wish, hands, world);
}
