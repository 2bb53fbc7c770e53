import { LOG_LEVELS, type LogLevel } from './log-level.ts';

/** How much geth logs: a level, and geth's number for it (0 = crit alone … 5 = everything). */
export interface Verbosity {
  readonly level: LogLevel;
  readonly number: number;
}

/** geth's own when it is told nothing, in every version. */
const DEFAULT = 3;

/** A level by its word or its number; undefined for anything else. */
export function parseVerbosity(text: string): Verbosity | undefined {
  const number = /^[0-5]$/.test(text) ? Number(text) : (LOG_LEVELS as readonly string[]).indexOf(text);
  return at(number);
}

/** What geth was started with, by its arguments: of several it takes the last, and what is beyond its numbers as the nearest one. */
export function verbosityAtStart(args: readonly string[]): Verbosity & { readonly by: 'arguments' | 'default' } {
  const given = args.flatMap((word, index) => {
    const found = /^--?verbosity(?:=(.*))?$/.exec(word);
    return found === null ? [] : [found[1] ?? args[index + 1] ?? ''];
  });
  const number = Number.parseInt(given.at(-1) ?? '', 10);
  const known = at(Math.min(Math.max(number, 0), LOG_LEVELS.length - 1));
  return known === undefined ? { level: 'info', number: DEFAULT, by: 'default' } : { ...known, by: 'arguments' };
}

function at(number: number): Verbosity | undefined {
  const level = LOG_LEVELS[number];
  return level === undefined ? undefined : { level, number };
}
