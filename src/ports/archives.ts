import type { TreeEntry } from './volume-tree.ts';

/** What went into an archive. */
export interface ArchiveWritten {
  readonly files: number;
  /** Of the files, before they are compressed. */
  readonly contentBytes: number;
  /** Of the archive itself; undefined where it went to standard output. */
  readonly archiveBytes: number | undefined;
}

/**
 * A node's archive: entries in a tar, compressed with zstd, whose last entry is the SHA-256 of all others. ZSTD_MISSING where neither
 * Node nor this machine has zstd.
 */
export interface Archives {
  /**
   * Writes an archive that nobody else may read, to a file or to standard output. A file has its name only when it is whole and on
   * the disk; one that exists is HOST_REFUSED. What interrupts it, or the entries throw, leaves nothing behind.
   */
  write(entries: AsyncIterable<TreeEntry>, target: { readonly file: string } | 'stdout', signal: AbortSignal): Promise<ArchiveWritten>;
  /**
   * The entries of an archive but the last, which is compared with what was read: after the last one all of it is proved.
   * ARCHIVE_BROKEN for what is cut off, changed or none; NO_SUCH_FILE.
   */
  read(source: { readonly file: string } | 'stdin', signal: AbortSignal): AsyncIterable<TreeEntry>;
}
