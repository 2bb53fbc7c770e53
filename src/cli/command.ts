import type * as z from 'zod/mini';
import type { ExitCode } from '../errors.ts';
import type { World } from '../ports.ts';
import type { Style } from './style.ts';

/** An option as commander reads it: `--memory <size>`, and what help says of it. */
export interface OptionUsage {
  readonly flags: string;
  readonly help: string;
  /** May be given several times; the input gets a list. */
  readonly repeatable?: boolean;
}

/** A positional word: `[node]`, `<profile>`; `[words...]` takes the rest, also what follows `--`. */
export interface ArgumentUsage {
  readonly usage: string;
  readonly help: string;
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
  /** For commands whose report is a stream (`logs`): called instead of `run`, writes lines itself. */
  stream?(input: Input, world: World, output: { readonly json: boolean; write(line: string): void }): Promise<ExitCode>;
}

/** A row of the command table: enough for help; the rest is loaded when the command is called. */
export interface CommandEntry {
  /** Words as typed: `up`, `image build`. */
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command<unknown, unknown>>;
}
