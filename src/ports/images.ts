import type { Architecture } from './engine.ts';
import type { OnProgress } from './progress.ts';

/** What nodectl can build from a public Go module. */
export type ProgramName = 'geth' | 'prysm';

export interface BuildOrder {
  readonly program: ProgramName;
  readonly version: string;
  readonly architecture: Architecture;
  /** Further commands of the same module, to lie beside the program's own. */
  readonly extras?: readonly string[];
}

export interface BuiltBinary {
  /** The program's own command; extras that were ordered lie beside it under their names. */
  readonly path: string;
  /** The module's checksum as Go's checksum database knows it: h1:… */
  readonly moduleSum: string;
  readonly goVersion: string;
  readonly fromCache: boolean;
}

/** Builds programs from their public Go modules. */
export interface ProgramBuilder {
  /** The version of the Go toolchain, undefined when there is none. */
  goVersion(): Promise<string | undefined>;
  /** An aborted `signal` ends the build and leaves nothing half-made (INTERRUPTED). */
  build(order: BuildOrder, onProgress: OnProgress, signal?: AbortSignal): Promise<BuiltBinary>;
}

/** Packs a built binary as an image archive (`docker load` layout) with the layout of the official image. */
export interface ImagePacker {
  pack(request: {
    readonly program: ProgramName;
    readonly binary: string;
    readonly reference: string;
    readonly architecture: Architecture;
    readonly labels: Readonly<Record<string, string>>;
  }): AsyncIterable<Uint8Array>;
}

/** Installs and starts the distribution's engine on this machine. */
export interface EngineInstaller {
  /** The commands that `install` would run here, for telling before doing; none when an engine runs, undefined when this system is not known. */
  plan(): Promise<readonly string[] | undefined>;
  install(onProgress: OnProgress): Promise<void>;
}
