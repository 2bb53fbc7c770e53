import { placeOf } from '../node/storage/volume-place.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { TreeEntry, TreeReading } from '../ports/volume-tree.ts';
import type { World } from '../ports.ts';

interface PartPaths {
  readonly part: string;
  readonly volume: ObservedVolume;
  readonly paths: readonly string[];
}

/**
 * What is in volumes that nobody writes to: by root on the engine's own machine from their folders, which is several times as fast as
 * what the engine packs and this process unpacks; of a filesystem that is not mounted, and elsewhere, by the engine.
 */
export async function* readNodeTree(
  parts: readonly PartPaths[],
  helper: Omit<TreeReading, 'volumes'>,
  engine: Engine,
  world: World,
): AsyncGenerator<TreeEntry> {
  const [{ local }, files] = await Promise.all([engine.info(), world.hostFiles()]);
  for (const { part, volume, paths } of parts) {
    const place = placeOf(volume);
    const folder = place.kind === 'path' ? place.folder : volume.mountpoint;
    if (local && files.uid === 0 && place.kind !== 'sized' && files.status(folder)?.kind === 'folder') {
      yield* (await world.folderMoves()).tree({ part, folder, paths });
    } else {
      yield* engine.readTree({ ...helper, volumes: [{ part, volume: volume.name, paths }] });
    }
  }
}
