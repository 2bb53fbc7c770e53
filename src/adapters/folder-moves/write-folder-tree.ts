import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { FolderMoves } from '../../ports/folder-moves.ts';
import { hostError } from '../host-error.ts';
import { onDisk } from './on-disk.ts';

/** A decompressor gives its bytes in pieces that are small for a disk. */
const PIECE = 1 << 20;

/** See the port. Nothing that is there is opened or followed: each file and folder is new, or it is an error. */
export const writeFolderTree: FolderMoves['fill'] = async ({ parts, entries, uid, gid }) => {
  const folders = new Map(parts.map(({ part, folder }) => [part, folder]));
  for (const folder of folders.values()) own(folder, 0o700, uid, gid);
  for await (const { path, kind, mode, content } of entries) {
    const [part = '', ...below] = path.split('/');
    const root = folders.get(part);
    if (root === undefined || below.some((name) => name === '' || name === '.' || name === '..'))
      throw new NodectlError('ARCHIVE_UNSAFE', 'The archive has a path that leads elsewhere.');
    if (below.length === 0) continue;
    const at = join(root, ...below);
    try {
      for (let depth = 1; depth < below.length; depth++) {
        const above = join(root, ...below.slice(0, depth));
        if (lstatSync(above, { throwIfNoEntry: false }) !== undefined) continue;
        mkdirSync(above);
        own(above, 0o700, uid, gid);
      }
      if (kind === 'folder') mkdirSync(at);
      else await written(at, content);
      own(at, mode, uid, gid);
    } catch (thrown) {
      throw hostError(at, thrown);
    }
  }
  // The archive may be gone when this machine has no power.
  for (const folder of folders.values()) await onDisk(folder);
};

function own(path: string, mode: number, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  chmodSync(path, mode);
}

/** The disk takes one piece while the next is gathered. */
async function written(at: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(at, 'wx', 0o600);
  let writing = Promise.resolve();
  try {
    let held: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of content) {
      held.push(chunk);
      size += chunk.length;
      if (size < PIECE) continue;
      await writing;
      writing = writeAll(file, held, size);
      // Told by the next that waits for it.
      writing.catch(() => {});
      held = [];
      size = 0;
    }
    await writing;
    if (size > 0) await writeAll(file, held, size);
  } finally {
    await file.close();
  }
}

/** The kernel may take less than it is given. */
async function writeAll(file: FileHandle, held: readonly Uint8Array[], size: number): Promise<void> {
  const { bytesWritten } = await file.writev(held);
  if (bytesWritten < size) await file.writeFile(Buffer.concat(held).subarray(bytesWritten));
}
