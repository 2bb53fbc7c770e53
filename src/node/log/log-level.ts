/** How grave a line is, gravest first: geth's own words, whose places here are its numbers from 0 to 5. */
export const LOG_LEVELS = ['crit', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What programs call their levels, beside the six words themselves. */
const OTHER_WORDS: Readonly<Record<string, LogLevel>> = {
  // geth up to 1.13.5, in logfmt and JSON.
  eror: 'error',
  dbug: 'debug',
  trce: 'trace',
  // Prysm.
  warning: 'warn',
  fatal: 'crit',
  panic: 'crit',
  critical: 'crit',
  // Lighthouse.
  erro: 'error',
  debg: 'debug',
  // Nimbus.
  fat: 'crit',
  err: 'error',
  wrn: 'warn',
  ntc: 'info',
  not: 'info',
  inf: 'info',
  dbg: 'debug',
  trc: 'trace',
  // Lodestar.
  verbose: 'debug',
};

/** The level that a program's own word means, in upper or lower case; null for a word nobody uses. */
export function logLevel(word: string): LogLevel | null {
  const lower = word.toLowerCase();
  return LOG_LEVELS.find((level) => level === lower) ?? (Object.hasOwn(OTHER_WORDS, lower) ? (OTHER_WORDS[lower] ?? null) : null);
}

/** True when `level` is as grave as `wanted`, or graver. */
export function isAsGrave(level: LogLevel, wanted: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(wanted);
}
