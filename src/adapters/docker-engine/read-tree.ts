import { pipeline } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import type { TreeEntry, TreeReading } from '../../ports/volume-tree.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { removeContainer } from './containers.ts';
import { engineError } from './engine-error.ts';
import { createTreeHelper } from './tree-helper.ts';
import { HELPER_MOUNT } from './volume-helper.ts';

/** What is in volumes, as the engine packs it; its links and devices too, without their meaning. */
export async function* readTree(connection: Connection, request: TreeReading): AsyncGenerator<TreeEntry> {
  const { helper } = request;
  await createTreeHelper(connection, helper, request);
  try {
    for (const { part, paths } of request.volumes) {
      for (const path of paths) yield* packed(connection, helper, path === '' ? part : `${part}/${path}`, request.signal);
    }
  } finally {
    await removeContainer(connection, helper, true);
  }
}

/** A file or a folder with all below it; nothing where there is none. */
async function* packed(connection: Connection, helper: string, path: string, signal: AbortSignal | undefined): AsyncGenerator<TreeEntry> {
  const request = {
    method: 'GET',
    path: containerPath(helper, 'archive'),
    query: { path: `/${HELPER_MOUNT}/${path}` },
    accept: [200, 404],
    purpose: `read ${path} of a node's volumes`,
    signal,
  } as const;
  const answer = await connection.open(request);
  try {
    if (answer.statusCode !== 200) return;
    const entries = extract();
    // How it ends is told by the entries.
    pipeline(answer, entries, () => {});
    for await (const entry of entries) {
      const content = entry as unknown as AsyncIterable<Uint8Array>;
      const seen = entryOf(path, entry.header, content);
      yield seen;
      entry.resume();
    }
  } catch (error) {
    throw engineError(error, connection.endpoint, request);
  } finally {
    answer.destroy();
  }
}

/** The engine's names begin with the last name of what was asked for. */
function entryOf(asked: string, { name, type, mode = 0o600, size = 0 }: Header, content: TreeEntry['content']): TreeEntry {
  const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : 'other';
  const below = name.replace(/\/$/, '').split('/').slice(1);
  return { path: [asked, ...below].join('/'), kind, mode: mode & 0o777, size: kind === 'file' ? size : 0, content };
}
