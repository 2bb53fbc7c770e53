import {
  chmodSync,
  constants,
  lchownSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import type { FolderMoves, FolderSize } from '../../ports/folder-moves.ts';
import { changing, hostError } from '../host-error.ts';
import { onDisk } from './on-disk.ts';
import { walkFolder } from './walk-folder.ts';

/** What a file is called until all of it is there. */
const PART = '.nodectl-part';
/** Times are told to the kernel in fractions of a second. */
const CLOSE_MS = 0.01;
const BETWEEN_MS = 200;

/** See the port. */
export const copyFolder: FolderMoves['copy'] = async (from, to, onProgress, signal) => {
  const all = changing(from, () => [...walkFolder(from)]);
  const total = sizeOf(all.map(({ seen }) => seen));
  const wanted = new Set(all.map(({ path }) => path));
  let done = 0;
  try {
    for (const { path } of [...walkFolder(to)].reverse()) if (!wanted.has(path)) rmSync(join(to, path), { recursive: true, force: true });
    for (const { path, seen } of all) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted; the same command goes on from here.');
      const tell = (bytes: number) => onProgress({ what: 'Copying', done: done + bytes, total: total.bytes, unit: 'bytes' });
      await copyOne(join(from, path), join(to, path), seen, tell);
      if (seen.isFile()) done += seen.size;
      tell(0);
    }
    // What is put into a folder changes its time.
    for (const { path, seen } of all.reverse())
      if (seen.isDirectory()) utimesSync(join(to, path), seen.atimeMs / 1000, seen.mtimeMs / 1000);
    // What is switched to shall be there after a power cut, too.
    await onDisk(to);
  } catch (thrown) {
    throw hostError(to, thrown);
  }
  return total;
};

export function sizeOf(seen: readonly Stats[]): FolderSize {
  const files = seen.filter((one) => one.isFile());
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

async function copyOne(from: string, to: string, seen: Stats, tell: (bytes: number) => void): Promise<void> {
  const there = lstatSync(to, { throwIfNoEntry: false });
  if (there !== undefined && kindOf(there) !== kindOf(seen)) rmSync(to, { recursive: true });
  if (seen.isDirectory()) {
    if (!there?.isDirectory()) mkdirSync(to);
  } else if (seen.isSymbolicLink()) {
    if (there?.isSymbolicLink()) rmSync(to);
    symlinkSync(readlinkSync(from), to);
    return lchownSync(to, seen.uid, seen.gid);
  } else if (!seen.isFile()) {
    throw new NodectlError('HOST_REFUSED', `${from} is neither file nor folder nor link.`, {
      hint: 'Remove it, then run the same command again.',
    });
  } else if (there === undefined || !there.isFile() || there.size !== seen.size || Math.abs(there.mtimeMs - seen.mtimeMs) > CLOSE_MS) {
    await copyBytes(from, `${to}${PART}`, tell);
    renameSync(`${to}${PART}`, to);
  }
  lchownSync(to, seen.uid, seen.gid);
  chmodSync(to, seen.mode & 0o7777);
  // The time goes last: by it the next run knows that the file is whole.
  if (seen.isFile()) utimesSync(to, seen.atimeMs / 1000, seen.mtimeMs / 1000);
}

/** The kernel copies, or shares the blocks where the filesystem can. */
async function copyBytes(from: string, to: string, tell: (bytes: number) => void): Promise<void> {
  const ticking = setInterval(() => tell(lstatSync(to, { throwIfNoEntry: false })?.size ?? 0), BETWEEN_MS);
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } finally {
    clearInterval(ticking);
  }
}

function kindOf(seen: Stats): string {
  return seen.isFile() ? 'file' : seen.isDirectory() ? 'folder' : seen.isSymbolicLink() ? 'link' : 'other';
}
