import type { OnProgress } from './progress.ts';
import type { TreeEntry } from './volume-tree.ts';

export interface FolderSize {
  readonly files: number;
  /** Of what is in them. */
  readonly bytes: number;
}

/**
 * Acts on folders of this machine that hold a volume's files; sockets and a filesystem's own `lost+found` are no part of them. Throws
 * only NodectlError: PERMISSION, DISK_FULL, HOST_REFUSED, INTERRUPTED.
 */
export interface FolderMoves {
  size(folder: string): FolderSize;
  /** True of a folder without anything in it, and of none. */
  isEmpty(folder: string): boolean;
  /**
   * Makes `to` hold exactly what `from` holds, owners, modes and times included. What an earlier run copied whole is not copied again;
   * what `from` does not have is removed.
   */
  copy(from: string, to: string, onProgress: OnProgress, signal: AbortSignal): Promise<FolderSize>;
  /** Reads both, byte by byte; the paths that differ. */
  compare(from: string, to: string, onProgress: OnProgress, signal: AbortSignal): Promise<readonly string[]>;
  /** What is at paths below a folder, none of which need exist, as the entries of a part; '' is all of it. */
  tree(of: { readonly part: string; readonly folder: string; readonly paths: readonly string[] }): AsyncIterable<TreeEntry>;
  /** Puts entries into empty folders, each part's into its own; everything there is then uid's and gid's. Or whatever the entries throw. */
  fill(request: {
    readonly parts: readonly { readonly part: string; readonly folder: string }[];
    readonly entries: AsyncIterable<TreeEntry>;
    readonly uid: number;
    readonly gid: number;
  }): Promise<void>;
  /** Removes a file or folder below a folder, whatever it is. */
  remove(folder: string, path: string): void;
  /** A folder for its owner alone, with those above it; one that exists keeps what is in it. */
  make(folder: string, uid: number, gid: number): void;
  /** Gives a folder the place of an empty one on the same filesystem, at once, and leaves an empty one in its own. */
  swap(from: string, empty: string): void;
  /** Runs an act while the filesystem of a device is mounted where this process alone sees it; it is gone with this process. */
  withMount<T>(device: string, act: (folder: string) => Promise<T>): Promise<T>;
}
