import type { OnProgress } from './progress.ts';
import type { Ran } from './volume-run.ts';

/** How a file gets its blocks; see `allocate`. */
export interface Allocation {
  /** `reserve` asks the filesystem for the blocks and writes where it does not know how to; `write` writes every byte. */
  readonly how: 'reserve' | 'write';
  /** Excludes the file from copy-on-write while it is empty (btrfs). */
  readonly noCopyOnWrite: boolean;
}

/** Acts on the host. Throws only NodectlError: PERMISSION, DISK_FULL, HOST_REFUSED, INTERRUPTED. */
export interface HostChanges {
  /** Runs a program to its end, without a shell. A program that is missing is HOST_REFUSED; its exit code is data. */
  run(words: readonly string[], options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined }): Promise<Ran>;
  /** Replaces a file as one act (a new file renamed over it, or over what its link names), keeping owner and mode of one that exists. */
  writeFile(path: string, text: string, mode: number): void;
  /** Removing what is gone already is success. */
  removeFile(path: string): void;
  /** Gives a file its final name; HOST_REFUSED when something has that name. */
  publish(from: string, to: string): void;
  /**
   * Makes a file of exactly `bytes` without holes, mode 0600 from its first byte; refuses a path that exists. What is
   * interrupted or fails leaves nothing behind.
   */
  allocate(path: string, bytes: number, allocation: Allocation, onProgress: OnProgress, signal: AbortSignal): Promise<void>;
  /** Writes a value into a file of /proc/sys. */
  setKernelValue(path: string, value: string): void;
  /** The path with the links of its folder followed; undefined when there is no such folder. */
  resolve(path: string): string | undefined;
  /**
   * Holds the one lock of this machine's nodectls, or their one lock of what is named, until the process ends or it is given back;
   * undefined while another holds it.
   */
  lock(of?: string): Promise<(() => void) | undefined>;
}
