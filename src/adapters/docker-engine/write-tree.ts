import { Readable } from 'node:stream';
import type { TreeEntry, TreeWriting } from '../../ports/volume-tree.ts';
import { type ArchiveEntry, tar } from '../tar-pack.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { removeContainer } from './containers.ts';
import { createTreeHelper } from './tree-helper.ts';
import { HELPER_MOUNT } from './volume-helper.ts';

/** Unpacks entries into volumes at the engine's pace; it applies owner and mode of a mount's entry to the mount itself. */
export async function writeTree(connection: Connection, request: TreeWriting): Promise<void> {
  const { helper, signal } = request;
  await createTreeHelper(connection, helper, request);
  let sourceFailure: { readonly thrown: unknown } | undefined;
  const watched = async function* () {
    try {
      yield* archived(request);
    } catch (thrown) {
      sourceFailure ??= { thrown };
      throw thrown;
    }
  };
  const archive = Readable.from(tar(watched()), { objectMode: false });
  try {
    await connection.ask({
      method: 'PUT',
      path: containerPath(helper, 'archive'),
      query: { path: '/' },
      archive,
      accept: [200],
      purpose: "unpack into a node's volumes",
      signal,
    });
  } catch (error) {
    throw sourceFailure === undefined ? error : sourceFailure.thrown;
  } finally {
    archive.destroy();
    await removeContainer(connection, helper, true);
  }
}

async function* archived({ volumes, entries, uid, gid }: TreeWriting): AsyncGenerator<ArchiveEntry> {
  const owner = { uid, gid, mtime: new Date() };
  for (const part of ['', ...volumes.map((volume) => `/${volume.part}`)]) {
    yield { header: { name: `${HELPER_MOUNT}${part}/`, type: 'directory', mode: 0o700, ...owner } };
  }
  for await (const entry of entries) if (entry.path.includes('/')) yield archiveEntry(entry, owner);
}

function archiveEntry({ path, kind, mode, size, content }: TreeEntry, owner: object): ArchiveEntry {
  const name = `${HELPER_MOUNT}/${path}`;
  if (kind === 'folder') return { header: { name: `${name}/`, type: 'directory', mode, ...owner } };
  return { header: { name, type: 'file', mode, size, ...owner }, content: () => content };
}
