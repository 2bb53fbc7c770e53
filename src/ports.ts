/**
 * What nodectl needs of the world, in its own words: adapters implement the ports, actions call them, pure code reads their
 * types. Sizes are bytes, instants are milliseconds since the epoch, durations are milliseconds unless a name says otherwise.
 */
import type { Archives } from './ports/archives.ts';
import type { BundleFile } from './ports/bundle-file.ts';
import type { Engine } from './ports/engine.ts';
import type { FolderMoves } from './ports/folder-moves.ts';
import type { Host } from './ports/host.ts';
import type { HostChanges } from './ports/host-changes.ts';
import type { HostFiles } from './ports/host-files.ts';
import type { HostQuestions } from './ports/host-questions.ts';
import type { EngineInstaller, ImagePacker, ProgramBuilder } from './ports/images.ts';
import type { KernelLog } from './ports/kernel-log.ts';
import type { MetricsServer } from './ports/metrics-server.ts';
import type { PackageImages } from './ports/package-image.ts';
import type { Progress } from './ports/progress.ts';
import type { Rpc } from './ports/rpc.ts';
import type { TerminalDevice } from './ports/terminal-device.ts';
import type { Web } from './ports/web.ts';

/**
 * What a record of the journal is of. `run`: a container's run, with the process id that the host has for it while it lives. `use`: what a
 * part used, and what there was. `event` and `kernel`: what the engine and the kernel's log told, which both forget. `death`: how a run
 * ended, and the verdict on it.
 */
export const JOURNAL_KINDS = ['head', 'stop', 'start', 'disk', 'run', 'use', 'event', 'kernel', 'death'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** One remembered fact of a node's past; see the evidence journal. */
export interface JournalRecord {
  readonly time: number;
  readonly kind: JournalKind;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** The evidence journal: bounded, append-only, and never needed for a decision. Its methods never throw. */
export interface Journal {
  append(node: string, record: Omit<JournalRecord, 'time'>): void;
  /** Oldest first; `last` reads only so many bytes from the end, for who looks often. */
  read(node: string, last?: number): readonly JournalRecord[];
}

/** One of a private beacon chain's own files. */
export interface NetworkFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256, hex. */
  readonly digest: string;
}

/** Profiles and the other files a person names, as text; parsing and judging them is pure. */
export interface ProfileFiles {
  names(): readonly string[];
  /** NO_SUCH_PROFILE, or INVALID_PROFILE when unreadable or larger than 64 KiB. */
  read(nameOrPath: string): { readonly path: string; readonly document: unknown };
  /** A genesis file's text, its path relative to the file `beside` when that is given. INVALID_GENESIS when unreadable or larger than 16 MiB, NO_SUCH_PROFILE when there is none. */
  readGenesis(path: string, beside?: string): { readonly path: string; readonly text: string };
  /** A file of a beacon chain, its path relative to the file `beside`. INVALID_PROFILE when unreadable or larger than 64 MiB, NO_SUCH_PROFILE when there is none. */
  readNetworkFile(path: string, beside: string): NetworkFile;
  /** SHA-256 of a text, hex: the identity of a genesis. */
  digest(text: string): string;
  /** The first line of a password file. USAGE when there is none, it is empty, no file, larger than 4 KiB, or others may read it. */
  readPassword(path: string): string;
  /** A key of the engine API, 64 hex digits. USAGE when the file holds none, is not there, or others may read it. */
  readKey(path: string): string;
  /** A new key that nobody can guess, 64 hex digits. */
  randomKey(): string;
}

export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Where notices, progress and questions go: standard error, never standard output. */
export interface Console {
  notice(text: string): void;
  warn(text: string): void;
  /** Shows or refreshes one progress line; `undefined` ends it. */
  progress(progress: Progress | undefined): void;
  /** True or false by the person; CONFIRMATION_REQUIRED without a terminal, naming `flag`. */
  confirm(question: string, flag: string): Promise<boolean>;
  /** What the person types without seeing it, '' when nothing; USAGE without a terminal, naming `flag`. */
  secret(question: string, flag: string): Promise<string>;
}

/** All ports; each is loaded when first asked for, so that a command pays only for what it uses. */
export interface World {
  engine(): Promise<Engine>;
  rpc(): Promise<Rpc>;
  web(): Promise<Web>;
  host(): Promise<Host>;
  builder(): Promise<ProgramBuilder>;
  packer(): Promise<ImagePacker>;
  packages(): Promise<PackageImages>;
  installer(): Promise<EngineInstaller>;
  journal(): Promise<Journal>;
  profiles(): Promise<ProfileFiles>;
  hostFiles(): Promise<HostFiles>;
  hostQuestions(): Promise<HostQuestions>;
  hostChanges(): Promise<HostChanges>;
  archives(): Promise<Archives>;
  folderMoves(): Promise<FolderMoves>;
  terminal(): Promise<TerminalDevice>;
  metricsServer(): Promise<MetricsServer>;
  kernelLog(): Promise<KernelLog>;
  bundles(): Promise<BundleFile>;
  /** The words that start this nodectl, for what starts it later; left out where nobody knows them. */
  readonly program?: readonly string[];
  readonly clock: Clock;
  readonly console: Console;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
}
