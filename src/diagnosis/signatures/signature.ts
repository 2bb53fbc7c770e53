import type { LogLevel } from '../../node/log/log-level.ts';

/** Which class of cause a line of geth belongs to; the rules look for these words. */
export type SignatureKind =
  | 'panic'
  /** The Go runtime's word on a signal that ended it, SIGBUS and SIGSEGV above all. */
  | 'signal'
  | 'runtime-out-of-memory'
  /** No further thread was given to it: the limit of processes. */
  | 'no-threads'
  | 'bad-flag'
  | 'bad-sync-mode'
  /** Other words of its own that it refuses: two that exclude each other, a configuration file. */
  | 'bad-settings'
  /** It ended itself, by its own check of free space. */
  | 'disk-low'
  /** It warns, and goes on. */
  | 'disk-running-low'
  | 'disk-full'
  /** The disk fails, or its filesystem became read-only. */
  | 'disk-error'
  | 'database-corrupt'
  | 'database-locked'
  | 'database-foreign'
  | 'database-version'
  | 'port-taken'
  | 'permission'
  | 'bad-secret'
  | 'bad-genesis'
  | 'bad-block'
  | 'unclean-start'
  /** What a start after an unclean end repairs: blocks are lost with it on a chain that nobody else has. */
  | 'state-lost'
  | 'interrupted'
  | 'clean-end'
  | 'clock-off'
  /** The cache it was given is more than it takes of the memory that it sees. */
  | 'cache-cut'
  /** It waits for a consensus client, or hears nothing of it. */
  | 'no-consensus'
  | 'no-peers'
  /** A consensus client's word that geth does not answer it. */
  | 'execution-away'
  /** A consensus client's word that geth does not take its key. */
  | 'execution-refuses-key'
  /** A consensus client's word that geth cannot follow its head. */
  | 'execution-behind'
  /** Any other error of its own that ended it. */
  | 'fatal';

/** One line that geth or its runtime writes, and what it means: one row each, with a real line that a test replays. */
export interface Signature {
  /** `disk.low-shutdown`: unique. */
  readonly id: string;
  readonly kind: SignatureKind;
  /** Matched on the message of a line as `readLogLine` gives it, whatever its format; anchored at its start. */
  readonly pattern: RegExp;
  /** Of the line's own error (`err=`, `error=`), where the message alone does not tell. */
  readonly because?: RegExp;
  /** Of the line, where lines of another level say the same words of less. */
  readonly level?: LogLevel;
  /** What it means, a sentence; no figures. */
  readonly meaning: string;
  /** Geth versions that write it: `1.10.8 to 1.17.8`, `all`. */
  readonly versions: string;
  /** A real line, exactly as a geth wrote it; replayed by a test, which also sees that no other row claims it. */
  readonly example: string;
  /** Of a program beside geth; left out, geth and its runtime write it. */
  readonly program?: 'Prysm' | 'Lighthouse' | 'Nimbus' | 'Teku' | 'Lodestar' | 'Grandine';
}

/** A line of a container's log that a signature recognised. */
export interface SignedLine {
  readonly signature: string;
  readonly kind: SignatureKind;
  readonly meaning: string;
  /** Instant by the engine, ms; NaN where it tells none. */
  readonly at: number;
  /** The line, printable characters only, 300 at most, and without what addresses may hold. */
  readonly text: string;
}
