import type { CommanderError } from 'commander';
import { NodectlError } from '../errors.ts';
import type { Command } from './command.ts';

/** The part of a zod issue that we phrase; messages of `zod/mini` are generic unless a schema gives its own. */
export interface InputIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly values?: readonly unknown[] | undefined;
}

/** Commander's complaint as USAGE; its `(Did you mean …?)` becomes part of the hint. */
export function usageFromCommander(error: CommanderError, calledName: string | undefined): NodectlError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest.join(' ').trim().replace(/^\(/, '').replace(/\)$/, '');
  const help = `See \`nodectl ${calledName === undefined ? '' : `${calledName} `}--help\`.`;
  return new NodectlError('USAGE', sentence(first), { hint: suggestion === '' ? help : `${suggestion} ${help}` });
}

/** A value that the command's input schema refused, as USAGE naming the option or argument. */
export function usageFromIssue(issue: InputIssue, name: string, command: Command<unknown, unknown>): NodectlError {
  const key = String(issue.path[0] ?? '');
  const what = key === '' ? 'The options' : spelling(key, command);
  const allowed = issue.values === undefined ? '' : `: use ${issue.values.join(', ')}`;
  const why = issue.message === 'Invalid input' ? `is not valid${allowed}` : issue.message;
  return new NodectlError('USAGE', sentence(`${what} ${why}`), { hint: `See \`nodectl ${name} --help\`.` });
}

function spelling(key: string, command: Command<unknown, unknown>): string {
  const kebab = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isOption = command.options.some((option) => option.flags.split(/[ ,]+/).includes(`--${kebab}`));
  return isOption ? `--${kebab}` : kebab;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
