import { NodectlError } from '../errors.ts';
import { placeOf } from '../node/storage/volume-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { refuseUnremovable, removeSized } from './remove-sized.ts';

type Labelled = Pick<ObservedVolume, 'name' | 'labels'>;

/** STORAGE_IMPOSSIBLE or PERMISSION, before anything is removed, where what a volume stands for is out of reach. */
export async function refuseUnreachable(volumes: readonly Labelled[], local: boolean, world: World): Promise<void> {
  await refuseUnremovable(volumes, local, world);
  const [folder] = volumes.flatMap((volume) => foldersOf(volume));
  if (folder === undefined) return;
  if (!local) {
    throw new NodectlError('STORAGE_IMPOSSIBLE', `The chain lies in ${folder} on the engine's machine. Nothing was removed.`, {
      hint: 'Run the same command there.',
    });
  }
  if ((await world.hostFiles()).uid === 0) return;
  throw new NodectlError('PERMISSION', `Only root may remove ${folder}. Nothing was removed.`, { hint: 'Run the same command with sudo.' });
}

/** Takes away what a volume stands for, where that is no folder of the engine's own; the volume itself goes afterwards. */
export async function removePlace(volume: Labelled, world: World): Promise<void> {
  await removeSized(volume, world);
  for (const folder of foldersOf(volume)) {
    const end = folder.lastIndexOf('/');
    (await world.folderMoves()).remove(folder.slice(0, end) || '/', folder.slice(end + 1));
  }
}

function foldersOf(volume: Labelled): readonly string[] {
  const place = placeOf(volume);
  return place.kind === 'path' ? [place.folder] : [];
}
