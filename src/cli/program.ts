import { Command as Words } from 'commander';
import type { Command, CommandEntry } from './command.ts';

/** A command line that was understood: the raw options and arguments, camel-cased, for the command's input schema. */
export interface Parsed {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly json: boolean;
}

interface ProgramParts {
  readonly table: readonly CommandEntry[];
  readonly groups: Readonly<Record<string, string>>;
  /** The command that the words name; only its options are known to the program. */
  readonly called: { readonly name: string; readonly command: Command<unknown, unknown> } | undefined;
  readonly writeHelp: (text: string) => void;
  readonly columns: number | undefined;
  readonly onParsed: (parsed: Parsed) => void;
}

/** Builds commander's tree from the command table. It throws CommanderError and never exits or writes by itself. */
export function buildProgram(parts: ProgramParts): Words {
  const program = new Words('nodectl');
  program
    .description('Operates Ethereum execution nodes (geth) in Docker on small machines.')
    .usage('<command> [options]')
    .option('-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: parts.writeHelp,
      writeErr: () => {},
      // Commander's own answers would open process.stdout, which costs 3 ms; our help has no colour to strip.
      getOutHasColors: () => true,
      getOutHelpWidth: () => parts.columns ?? 80,
    });
  // A command that was found needs no neighbours: to describe them all costs 2 ms.
  for (const entry of parts.table) if (parts.called === undefined || parts.called.name === entry.name) addEntry(program, entry, parts);
  return program;
}

function addEntry(program: Words, entry: CommandEntry, parts: ProgramParts): void {
  const path = entry.name.split(' ');
  let parent = program;
  for (let depth = 1; depth < path.length; depth++) {
    const word = path[depth - 1] as string;
    const group = parts.groups[path.slice(0, depth).join(' ')] ?? '';
    parent = parent.commands.find((known) => known.name() === word) ?? parent.command(word).description(group).helpCommand(false);
  }
  const words = parent.command(path.at(-1) as string).description(entry.summary);
  if (entry.alias !== undefined) words.alias(entry.alias);
  if (parts.called?.name === entry.name) describe(words, parts.called.command, parts.onParsed);
}

function describe(words: Words, command: Command<unknown, unknown>, onParsed: (parsed: Parsed) => void): void {
  for (const argument of command.arguments) if (argument.afterDashes !== true) words.argument(argument.usage, argument.help);
  if (command.arguments.some(({ afterDashes }) => afterDashes)) {
    words.usage(`[options] ${command.arguments.map(({ usage, afterDashes }) => (afterDashes ? `-- ${usage}` : usage)).join(' ')}`);
  }
  for (const option of command.options) {
    if (option.repeatable === true) words.option(option.flags, option.help, (value: string, all: string[] = []) => [...all, value]);
    else words.option(option.flags, option.help);
  }
  words.option('--json', 'print one JSON document');
  if (command.examples.length > 0) words.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  words.action(() => {
    const { json, ...options } = words.opts<{ json?: boolean }>();
    const raw: Record<string, unknown> = { ...options };
    words.registeredArguments.forEach((argument, index) => {
      const value: unknown = words.processedArgs[index];
      if (value !== undefined) raw[camelCase(argument.name())] = value;
    });
    onParsed({ raw, json: json === true });
  });
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
