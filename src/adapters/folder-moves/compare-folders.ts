import { readlinkSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { FolderMoves } from '../../ports/folder-moves.ts';
import { hostError } from '../host-error.ts';
import { sizeOf } from './copy-folder.ts';
import { walkFolder } from './walk-folder.ts';

const PIECE = 1 << 20;

/** See the port. */
export const compareFolders: FolderMoves['compare'] = async (from, to, onProgress, signal) => {
  try {
    const [left, right] = [new Map(seenIn(from)), new Map(seenIn(to))];
    const total = sizeOf([...left.values()]).bytes;
    const differing = [...right.keys()].filter((path) => !left.has(path));
    let done = 0;
    for (const [path, seen] of left) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted; the same command goes on from here.');
      const other = right.get(path);
      const alike = other !== undefined && sameFacts(seen, other) && (await sameContent(join(from, path), join(to, path), seen));
      if (!alike) differing.push(path);
      if (seen.isFile()) done += seen.size;
      onProgress({ what: 'Comparing', done, total, unit: 'bytes' });
    }
    return differing;
  } catch (thrown) {
    throw hostError(to, thrown);
  }
};

function* seenIn(folder: string): Generator<readonly [string, Stats]> {
  for (const { path, seen } of walkFolder(folder)) yield [path, seen];
}

function sameFacts(one: Stats, other: Stats): boolean {
  const same = one.mode === other.mode && one.uid === other.uid && one.gid === other.gid;
  return one.isSymbolicLink() ? other.isSymbolicLink() : same && (!one.isFile() || one.size === other.size);
}

async function sameContent(from: string, to: string, seen: Stats): Promise<boolean> {
  if (seen.isSymbolicLink()) return readlinkSync(from) === readlinkSync(to);
  if (!seen.isFile()) return true;
  const handles: FileHandle[] = [];
  try {
    for (const path of [from, to]) handles.push(await open(path, 'r'));
    const [one, other] = handles as [FileHandle, FileHandle];
    const [left, right] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
    for (let at = 0; at < seen.size; ) {
      const [had, has] = await Promise.all([one.read(left, 0, PIECE, at), other.read(right, 0, PIECE, at)]);
      const read = Math.min(had.bytesRead, has.bytesRead);
      if (read === 0 || left.compare(right, 0, read, 0, read) !== 0) return false;
      at += read;
    }
    return true;
  } finally {
    for (const handle of handles) await handle.close();
  }
}
