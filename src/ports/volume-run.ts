import type { PlacedFile } from './containers.ts';

/** How a program that was run to its end came out. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of an image that is run once on a node's volume, by geth's user, without capabilities. */
export interface VolumeRun {
  readonly image: string;
  readonly args: readonly string[];
  /** Left out, the image's own. */
  readonly entrypoint?: readonly string[] | undefined;
  /** Left out, it has none. */
  readonly network?: 'bridge' | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly volume: string;
  /** Where the volume is mounted. */
  readonly target: string;
  readonly user: string;
  /** Put into the container's own layer before it starts, owned by its user; gone with the container. */
  readonly files: readonly PlacedFile[];
  /** Memory limit, bytes. */
  readonly memory: number;
  /** The program is killed after this time, and TIMED_OUT is thrown. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}
