import type * as z from 'zod/mini';
import type { ExitCode } from '../errors.ts';
import type { World } from '../ports.ts';
import type { Style } from './style.ts';

/**
 * What a word may be, for completion in a shell: one of these words (one that ends in `=` wants more after it), or of what the kind
 * names. `kept-node` is also one of which only volumes are left, `network` and `profile` also the path of a file, and `nothing` what
 * nobody can foresee.
 */
export type Completes =
  | readonly string[]
  | 'node'
  | 'running-node'
  | 'stopped-node'
  | 'kept-node'
  | 'network'
  | 'preset'
  | 'profile'
  | 'geth-version'
  | 'file'
  | 'nothing';

/** An option as commander reads it: `--memory <size>`, and what help says of it. */
export interface OptionUsage {
  readonly flags: string;
  readonly help: string;
  /** May be given several times; the input gets a list. */
  readonly repeatable?: boolean;
  /** Of an option with a value: what the value may be. */
  readonly completes?: Completes;
}

/** A positional word: `[node]`, `<profile>`; `[words...]` takes the rest, also what follows `--`. */
export interface ArgumentUsage {
  readonly usage: string;
  readonly help: string;
  /** Takes what follows `--`, all of it, and nothing else does. */
  readonly afterDashes?: boolean;
  /** What the word may be. */
  readonly completes?: Completes;
}

/** A terminal that may be drawn on as a whole. */
export interface Screen {
  readonly style: Style;
  /** It shows more than ASCII. */
  readonly unicode: boolean;
}

/** Where a stream goes. */
export interface StreamOutput {
  readonly json: boolean;
  /** Left out where standard output is no terminal, or one that is not to be drawn on (CI, TERM=dumb, --json). */
  readonly screen?: Screen | undefined;
  /** A line of standard output. */
  write(line: string): void;
  /** What another program printed, unchanged. */
  bytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
}

/**
 * A command is a value: words in, typed input, a report, and how the report reads as text and as an exit code.
 * `run` returns data and prints nothing; the runner alone writes to standard output.
 */
export interface Command<Input, Report> {
  readonly summary: string;
  readonly arguments: readonly ArgumentUsage[];
  readonly options: readonly OptionUsage[];
  readonly examples: readonly string[];
  /** From commander's words (camel-cased options and named arguments) to typed options; a failure is exit 2. */
  readonly input: z.ZodMiniType<Input>;
  /** The published schema of `--json`. */
  readonly report: z.ZodMiniType<Report>;
  run(input: Input, world: World): Promise<Report>;
  /** The report as text, without a last newline; '' prints nothing. */
  render(report: Report, style: Style): string;
  exit(report: Report): ExitCode;
  /** True where the run itself filled standard output with bytes (an archive): its text then goes to standard error, and no document is written. */
  filledOutput?(report: Report): boolean;
  /**
   * For commands whose report is a stream (`logs`): called instead of `run`, writes lines itself. The exit code is one of ours, or
   * where the command runs another program (`exec`) that program's own.
   */
  stream?(input: Input, world: World, output: StreamOutput): Promise<number>;
}

/** A row of the command table: enough for help; the rest is loaded when the command is called. */
export interface CommandEntry {
  /** Words as typed: `up`, `image build`. */
  readonly name: string;
  /** Another word for it. */
  readonly alias?: string;
  readonly summary: string;
  load(): Promise<Command<unknown, unknown>>;
}
