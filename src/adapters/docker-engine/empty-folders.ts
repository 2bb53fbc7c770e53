import { pack } from 'tar-stream';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { removeContainer } from './containers.ts';
import { createTreeHelper } from './tree-helper.ts';
import { HELPER_MOUNT } from './volume-helper.ts';

type Request = Parameters<Engine['emptyFolders']>[0];

/** Where the helper has the volume, from its root. */
const MOUNT = `${HELPER_MOUNT}/volume`;

/**
 * Empties folders without running a program: where an archive has a file, the engine removes a folder of that name with all in it, unless
 * it is asked not to (`noOverwriteDirNonDir` of `PUT /containers/{id}/archive`), and where it has a folder, a file.
 */
export async function emptyFolders(connection: Connection, request: Request): Promise<readonly string[]> {
  const { volume, helper, image, labels } = request;
  await createTreeHelper(connection, helper, { volumes: [{ part: 'volume', volume }], image, labels });
  try {
    const found: string[] = [];
    for (const folder of request.folders) if (await exists(connection, helper, folder)) found.push(folder);
    if (found.length > 0) await replace(connection, found, request);
    return found;
  } finally {
    await removeContainer(connection, helper, true);
  }
}

async function exists(connection: Connection, helper: string, folder: string): Promise<boolean> {
  const { status } = await connection.ask({
    method: 'HEAD',
    path: containerPath(helper, 'archive'),
    query: { path: `/${MOUNT}/${folder}` },
    accept: [200, 404],
    purpose: `look for ${folder} in a node's volume`,
  });
  return status === 200;
}

async function replace(connection: Connection, folders: readonly string[], { helper, uid, gid, signal }: Request): Promise<void> {
  const archive = pack();
  for (const folder of folders) {
    archive.entry({ name: `${MOUNT}/${folder}`, mode: 0o600, uid, gid }, '');
    archive.entry({ name: `${MOUNT}/${folder}/`, type: 'directory', mode: 0o700, uid, gid });
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  await connection.ask({
    method: 'PUT',
    path: containerPath(helper, 'archive'),
    query: { path: '/' },
    archive: Buffer.concat(chunks),
    accept: [200],
    purpose: `empty folders of a node's volume`,
    signal,
  });
}
