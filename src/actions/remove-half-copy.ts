import { partNames } from '../node/names.ts';
import { sentinelOf, sentinelText } from '../node/storage/move-record.ts';
import { newSizedPlace, sizedPlaceOf } from '../node/storage/sized-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { removeSizedPlace } from './remove-sized.ts';

/** Takes away a filesystem in a file that a migration was filling when it was cut off for good: no volume names it yet, and keys are in it. */
export async function removeHalfCopy(
  node: string,
  volumes: readonly Pick<ObservedVolume, 'name' | 'labels'>[],
  { local, rootDir }: EngineInfo,
  world: World,
): Promise<void> {
  if (!local) return;
  const files = await world.hostFiles();
  if (files.uid !== 0) return;
  const place = newSizedPlace(partNames(node).volume, rootDir);
  const sentinel = sentinelOf({ kind: 'sized', place });
  const held = files.read(sentinel);
  if (!('text' in held) || held.text !== sentinelText(node)) return;
  if (volumes.every((volume) => sizedPlaceOf(volume)?.image !== place.image)) await removeSizedPlace(place, world);
  (await world.hostChanges()).removeFile(sentinel);
}
