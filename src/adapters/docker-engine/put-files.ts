import { NodectlError } from '../../errors.ts';
import type { PlacedFile } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { inspectContainer } from './containers.ts';
import { foldersAbove, type Owner, ownedArchive } from './owned-archive.ts';

/**
 * Puts files into a container, running or not. What lies in a volume is unpacked at the volume's mount, the only place that the
 * engine lets be written where the root is read-only. The mount itself, and a folder directly below `/`, keep owner and mode:
 * they are the image's. NO_SUCH_NODE.
 */
export async function putFiles(connection: Connection, container: string, files: readonly PlacedFile[], owner: Owner): Promise<void> {
  const seen = await inspectContainer(connection, container);
  if (!seen) throw new NodectlError('NO_SUCH_NODE', `There is no container ${container}.`);
  const targets = seen.mounts.map(({ target }) => `${target.replace(/\/+$/, '')}/`);
  const places = new Map<string, PlacedFile[]>();
  for (const file of files) {
    const place = closest(targets, file.path);
    places.set(place, [...(places.get(place) ?? []), { ...file, path: file.path.slice(place.length) }]);
  }
  for (const [place, placed] of places) {
    const folders = placed.flatMap(({ path }) => foldersAbove(path).slice(place === '/' ? 1 : 0));
    await connection.ask({
      method: 'PUT',
      path: containerPath(container, 'archive'),
      query: { path: place },
      archive: await ownedArchive(folders, placed, owner),
      accept: [200],
      purpose: `put files into the container ${container}`,
    });
  }
}

/** The innermost mount above a path, or the root; with a slash at the end. */
function closest(targets: readonly string[], path: string): string {
  return targets.filter((target) => path.startsWith(target)).reduce((best, next) => (next.length > best.length ? next : best), '/');
}
