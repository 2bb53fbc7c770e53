import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderMoves } from '../../ports/folder-moves.ts';
import { changing } from '../host-error.ts';
import { compareFolders } from './compare-folders.ts';
import { copyFolder, sizeOf } from './copy-folder.ts';
import { withPrivateMount } from './private-mount.ts';
import { readFolderTree } from './read-folder-tree.ts';
import { walkFolder } from './walk-folder.ts';
import { writeFolderTree } from './write-folder-tree.ts';

/** Folders of this machine. */
export function folderMoves(): FolderMoves {
  return {
    size: (folder) => changing(folder, () => sizeOf([...walkFolder(folder)].map(({ seen }) => seen))),
    isEmpty: (folder) => !existsSync(folder) || changing(folder, () => readdirSync(folder).length === 0),
    copy: copyFolder,
    compare: compareFolders,
    tree: readFolderTree,
    fill: writeFolderTree,
    remove: (folder, path) => changing(folder, () => rmSync(join(folder, path), { recursive: true, force: true })),
    make,
    swap,
    withMount: withPrivateMount,
  };
}

function make(folder: string, uid: number, gid: number): void {
  changing(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chownSync(folder, uid, gid);
  });
}

/** A rename over an empty folder is one act: at every moment one of them has the files. */
function swap(from: string, empty: string): void {
  changing(empty, () => {
    renameSync(from, empty);
    mkdirSync(from, { mode: 0o755 });
  });
}
