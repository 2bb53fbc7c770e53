import type { Ran } from './engine.ts';
import type { OnProgress } from './progress.ts';

/** Acts on the host. Throws only NodectlError: PERMISSION, DISK_FULL, HOST_REFUSED, INTERRUPTED. */
export interface HostChanges {
  /** Runs a program to its end, without a shell. A program that is missing is HOST_REFUSED; its exit code is data. */
  run(words: readonly string[], options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined }): Promise<Ran>;
  /** Replaces a file as one act (a new file renamed over it), keeping owner and mode of one that exists. */
  writeFile(path: string, text: string, mode: number): void;
  /** Removing what is gone already is success. */
  removeFile(path: string): void;
  /**
   * Makes a file of exactly `bytes` without holes, mode 0600 from its first byte; refuses a path that exists. What is
   * interrupted or fails leaves nothing behind.
   */
  allocate(path: string, bytes: number, onProgress: OnProgress, signal: AbortSignal): Promise<void>;
}
