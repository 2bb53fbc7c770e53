import type { Architecture } from './engine.ts';
import type { OnProgress } from './progress.ts';

/** An image archive that is made from an npm package, and what is in it. */
export interface PackageImage {
  /** `docker load` layout. */
  readonly archive: AsyncIterable<Uint8Array>;
  /** SHA-256 of the lock file that names every package with its checksum. */
  readonly lockSum: string;
  /** The Node.js that the image runs: this process's own. */
  readonly nodeVersion: string;
}

/** Makes the image of a program that runs on Node.js from public npm packages, each of an exact version and checksum. */
export interface PackageImages {
  /**
   * Installs the packages into the user's cache (once for each lock file) and packs them with this machine's Node.js.
   * IMAGE_BUILD_FAILED without npm, for another architecture, or when a package cannot be had; an aborted `signal` leaves nothing half-made.
   */
  build(
    request: {
      readonly program: string;
      readonly reference: string;
      readonly architecture: Architecture;
      readonly labels: Readonly<Record<string, string>>;
    },
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<PackageImage>;
}
