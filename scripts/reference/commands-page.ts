import type { Command, CommandEntry } from '../../src/cli/command.ts';
import { exitCodeTable } from './exit-codes.ts';
import { schemaFile } from './schemas.ts';

export interface LoadedCommand {
  readonly entry: CommandEntry;
  readonly command: Command<unknown, unknown>;
}

/** docs/reference/commands.md, from the command table. */
export function commandsPage(commands: readonly LoadedCommand[]): string {
  return [
    '# Commands',
    '',
    'Every command takes `--json` and `--help`. Data goes to standard output; notices, progress and errors go to standard error.',
    '`[node]` may be left out when there is exactly one node.',
    '',
    ...commands.map(({ entry }) => `- [\`${entry.name}\`](#${anchor(entry.name)}): ${entry.summary}`),
    '',
    ...commands.flatMap(section),
    '## Exit codes',
    '',
    exitCodeTable(),
    '',
    'The codes of single errors: [errors.md](errors.md).',
    '',
  ].join('\n');
}

function section({ entry, command }: LoadedCommand): readonly string[] {
  const usage = [
    'nodectl',
    entry.name,
    ...(command.options.length > 0 ? ['[options]'] : []),
    ...command.arguments.map((word) => (word.afterDashes ? `-- ${word.usage}` : word.usage)),
  ];
  const words = command.arguments.map((word) => [`\`${word.usage}\``, word.help]);
  const options = command.options.map((option) => [`\`${option.flags}\``, repeated(option.help, option.repeatable)]);
  const what = command.stream === undefined ? 'one document' : 'one document a line';
  return [
    `## nodectl ${entry.name}`,
    '',
    `${sentence(entry.summary)}${entry.alias === undefined ? '' : ` \`nodectl ${entry.alias}\` is the same.`}`,
    '',
    '```',
    usage.join(' '),
    '```',
    '',
    ...table(['argument', ''], words),
    ...table(['option', ''], options),
    ...(command.examples.length === 0 ? [] : ['```sh', ...command.examples, '```', '']),
    `\`--json\`: ${what}, [schema](schemas/${schemaFile(entry.name)}).`,
    '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''];
}

function repeated(help: string, repeatable: boolean | undefined): string {
  return repeatable === true ? `${help} (may be repeated)` : help;
}

function anchor(name: string): string {
  return `nodectl-${name.replaceAll(' ', '-')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
