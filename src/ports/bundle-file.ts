/** A file inside a bundle. */
export interface BundledText {
  /** Relative, below the archive's own folder. */
  readonly name: string;
  readonly text: string;
}

/** Where support archives are written: .tar.gz files, of which nobody but their owner can read one. */
export interface BundleFile {
  /** Throws where nothing can be written there: USAGE for what exists already and for a terminal, HOST_REFUSED without the folder. `-` is standard output. */
  refuse(path: string): void;
  /**
   * Writes the archive as one act and gives its bytes: whoever looks sees a whole file or none, and what has got the name meanwhile
   * is not replaced. DISK_FULL, PERMISSION, HOST_REFUSED, USAGE.
   */
  write(path: string, folder: string, files: readonly BundledText[], at: number): Promise<number>;
}
