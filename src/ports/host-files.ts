/** Why a file of the host could not be read. */
export type FileFailure = 'missing' | 'denied' | 'unreadable';

export type FileText = { readonly text: string } | { readonly failure: FileFailure };

export interface FileStatus {
  readonly kind: 'file' | 'folder' | 'block' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
  /** Bytes really allocated: less than `size` where a file has holes. */
  readonly allocated: number;
}

/** The filesystem a path lies on. */
export interface FilesystemFacts {
  /** The kernel's word: ext4, xfs, btrfs, overlay, tmpfs, zfs, nfs4 …; '' when it is not known. */
  readonly type: string;
  readonly mountPoint: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly total: number;
  /** For an unprivileged user. */
  readonly free: number;
  readonly inodes: number;
  readonly inodesFree: number;
}

/** The host's files, read only. Paths are absolute; nothing throws. */
export interface HostFiles {
  /** At most `limit` bytes (default 256 KiB). */
  read(path: string, limit?: number): FileText;
  /** Names in a folder; undefined when it cannot be listed. */
  list(path: string): readonly string[] | undefined;
  status(path: string): FileStatus | undefined;
  /** What a symbolic link names, as it stands there; undefined for anything else. */
  link(path: string): string | undefined;
  /** Of the nearest folder above that exists. */
  filesystem(path: string): FilesystemFacts | undefined;
  /** The effective user. */
  readonly uid: number;
}
