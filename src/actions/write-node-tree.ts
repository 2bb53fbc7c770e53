import type { Engine } from '../ports/engine.ts';
import type { TreeWriting } from '../ports/volume-tree.ts';
import type { World } from '../ports.ts';

/**
 * Fills volumes that were just made: by root on the engine's own machine in their folders, which is several times as fast as a second
 * archive that the engine unpacks; elsewhere by the engine. DISK_FULL, or whatever the entries throw, after which part of them may be there.
 */
export async function writeNodeTree(request: TreeWriting, engine: Engine, world: World): Promise<void> {
  const { volumes, entries, uid, gid } = request;
  const [{ local }, files] = await Promise.all([engine.info(), world.hostFiles()]);
  const made = local && files.uid === 0 ? await engine.listVolumes() : [];
  const parts = volumes.flatMap(({ part, volume }) => {
    const folder = made.find(({ name }) => name === volume)?.mountpoint;
    return folder !== undefined && files.status(folder)?.kind === 'folder' ? [{ part, folder }] : [];
  });
  if (parts.length < volumes.length) return engine.writeTree(request);
  return (await world.folderMoves()).fill({ parts, entries, uid, gid });
}
