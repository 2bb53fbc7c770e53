import { constants, lstatSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { FolderMoves } from '../../ports/folder-moves.ts';
import type { TreeEntry } from '../../ports/volume-tree.ts';
import { hostError } from '../host-error.ts';
import { walkFolder } from './walk-folder.ts';

const PIECE = 1 << 20;

/** See the port. */
export const readFolderTree: FolderMoves['tree'] = async function* ({ part, folder, paths }) {
  try {
    for (const path of paths) {
      if (!isThere(folder, path)) continue;
      for (const found of walkFolder(folder, path)) {
        const name = found.path === '' ? part : `${part}/${found.path}`;
        yield entryOf(name, join(folder, found.path), found.seen);
      }
    }
  } catch (thrown) {
    throw hostError(folder, thrown);
  }
};

/** No way leads through a link, which could show any folder of this machine. */
function isThere(folder: string, path: string): boolean {
  const above = dirname(path);
  if (path !== '' && above !== '.' && !(isThere(folder, above) && lstatSync(join(folder, above)).isDirectory())) return false;
  return lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
}

function entryOf(path: string, at: string, seen: Stats): TreeEntry {
  const kind = seen.isFile() ? 'file' : seen.isDirectory() ? 'folder' : 'other';
  const size = seen.isFile() ? seen.size : 0;
  return { path, kind, mode: seen.mode & 0o777, size, content: contentOf(at, size) };
}

/** One piece is read while whoever asked works on the one before. */
async function* contentOf(at: string, size: number): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW);
  const read = (from: number) => {
    const piece = file.read(Buffer.allocUnsafe(Math.min(PIECE, size - from)), 0, undefined, from);
    // Nobody waits for it when the content is left in the middle.
    piece.catch(() => {});
    return piece;
  };
  try {
    let reading = read(0);
    for (let done = 0; done < size; ) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) throw new NodectlError('HOST_REFUSED', `${at} became shorter while it was read.`);
      done += bytesRead;
      if (done < size) reading = read(done);
      yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
