import { CommanderError } from 'commander';
import { type ExitCode, NodectlError } from '../errors.ts';
import type { World } from '../ports.ts';
import { beforeDashes, withRest } from './after-dashes.ts';
import { batchedLines } from './batched-lines.ts';
import type { Command, CommandEntry, Screen } from './command.ts';
import { COMMANDS, GROUPS } from './commands/index.ts';
import { asNodectlError, errorDocument, errorText } from './error-text.ts';
import { findEntry } from './find-entry.ts';
import { buildProgram, type Parsed } from './program.ts';
import { COLOURED, PLAIN, type Style } from './style.ts';
import { usageFromCommander, usageFromIssue } from './usage-error.ts';
import { versionReport, versionText } from './version-report.ts';

/** Where one run of the command line reads from and writes to; tests give their own. */
export interface CliContext {
  readonly world: World;
  readonly stdout: { write(text: string | Uint8Array): void };
  readonly stderr: { write(text: string | Uint8Array): void };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether each stream is a terminal. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
  readonly columns?: number | undefined;
  /** The commands to offer; left out, all of nodectl's. */
  readonly table?: readonly CommandEntry[];
}

/** Runs one command line and gives its exit code, where it ran another program (`exec`) that program's; it never throws and never ends the process. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  try {
    return await runWords(words.length === 0 ? ['--help'] : words, context);
  } catch (thrown) {
    return reportError(thrown, wantsJson(words), context);
  }
}

/** Tells of an exception that escaped every promise, and gives the exit code of a bug. */
export function reportBug(thrown: unknown, argv: readonly string[], context: CliContext): ExitCode {
  return reportError(thrown, wantsJson(argv), context);
}

async function runWords(words: readonly string[], context: CliContext): Promise<number> {
  const table = context.table ?? COMMANDS;
  const entry = findEntry(words, table);
  const called = entry === undefined ? undefined : { name: entry.name, command: await entry.load() };
  let parsed: Parsed | undefined;
  const program = buildProgram({
    table,
    groups: GROUPS,
    called,
    writeHelp: (text) => context.stdout.write(text),
    columns: context.columns,
    onParsed: (result) => {
      parsed = result;
    },
  });
  if (called === undefined) program.on('option:version', () => context.stdout.write(`${versionText(versionReport())}\n`));
  try {
    program.parse(called === undefined ? withoutHelp(words) : beforeDashes(words, called.command), { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.code === 'commander.helpDisplayed') return 0;
    if (thrown.code === 'commander.help') return showGroup(words, program, context);
    throw usageFromCommander(thrown, entry?.name);
  }
  if (called === undefined || parsed === undefined) return 0;
  return runCommand(called.name, called.command, withRest(parsed, words, called.command), context);
}

/** Without a known command, help is asked for a group, which shows it anyway, or for a mistyped word, which must be told. */
function withoutHelp(words: readonly string[]): readonly string[] {
  const rest = words.filter((word) => word !== '--help' && word !== '-h');
  return rest.length === 0 ? words : rest;
}

/** `nodectl image` alone: the group's help, as `gh` does. */
function showGroup(words: readonly string[], program: ReturnType<typeof buildProgram>, context: CliContext): ExitCode {
  let group = program;
  for (const word of words) group = group.commands.find((known) => known.name() === word) ?? group;
  context.stdout.write(group.helpInformation());
  return 0;
}

async function runCommand(name: string, command: Command<unknown, unknown>, parsed: Parsed, context: CliContext): Promise<number> {
  const { world, stdout, stderr } = context;
  const input = command.input.safeParse(parsed.raw);
  if (!input.success) throw usageFromIssue(input.error.issues[0] as (typeof input.error.issues)[number], name, command);
  if (command.stream !== undefined) {
    const lines = batchedLines((text) => stdout.write(text));
    const bytes = (stream: 'stdout' | 'stderr', piece: Uint8Array) => {
      lines.flush();
      context[stream].write(piece);
    };
    const screen = parsed.json ? undefined : screenOf(context);
    const streaming = command.stream(input.data, world, { json: parsed.json, screen, write: lines.write, bytes });
    const code = await streaming.finally(lines.flush);
    return world.signal.aborted && world.signal.reason !== 'output closed' ? 130 : code;
  }
  const report = await command.run(input.data, world);
  world.console.progress(undefined);
  if (command.filledOutput?.(report)) stderr.write(`${command.render(report, styleFor(context.isTTY.stderr, context))}\n`);
  else if (parsed.json) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const text = command.render(report, styleFor(context.isTTY.stdout, context));
    if (text !== '') stdout.write(`${text}\n`);
  }
  return command.exit(report);
}

function reportError(thrown: unknown, json: boolean, context: CliContext): ExitCode {
  const { world, stderr } = context;
  if (world.signal.reason === 'output closed') return 0;
  const error = world.signal.aborted ? new NodectlError('INTERRUPTED', 'Interrupted.') : asNodectlError(thrown);
  world.console.progress(undefined);
  stderr.write(`${json ? errorDocument(error) : errorText(error, styleFor(context.isTTY.stderr, context))}\n`);
  return error.exit;
}

function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end === -1 ? words : words.slice(0, end)).includes('--json');
}

/** The kernel's own console (TERM=linux) has UTF-8, but hardly a character of it to draw with. */
function screenOf(context: CliContext): Screen | undefined {
  const { env, isTTY } = context;
  if (!isTTY.stdout || env.CI || env.TERM === 'dumb') return undefined;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return { style: styleFor(true, context), unicode: /utf-?8/i.test(locale) && env.TERM !== 'linux' };
}

function styleFor(isTTY: boolean, { env }: CliContext): Style {
  return isTTY && !env.NO_COLOR && !env.CI && env.TERM !== 'dumb' ? COLOURED : PLAIN;
}
