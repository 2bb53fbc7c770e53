import type { Command } from './command.ts';
import type { Parsed } from './program.ts';

/**
 * A command may take another program's words after `--` (`exec node -- geth version`). Commander would mix them with arguments
 * of ours that were left out, so it never sees them.
 */
export function beforeDashes(words: readonly string[], command: Command<unknown, unknown>): readonly string[] {
  const end = words.indexOf('--');
  return end === -1 || restName(command) === undefined ? words : words.slice(0, end);
}

/** The raw input with the words after `--`, of which there may be none. */
export function withRest(parsed: Parsed, words: readonly string[], command: Command<unknown, unknown>): Parsed {
  const name = restName(command);
  if (name === undefined) return parsed;
  const end = words.indexOf('--');
  return { ...parsed, raw: { ...parsed.raw, [name]: end === -1 ? [] : words.slice(end + 1) } };
}

function restName(command: Command<unknown, unknown>): string | undefined {
  return command.arguments.find(({ afterDashes }) => afterDashes)?.usage.replace(/[^\w-]/g, '');
}
