import { readJsonLine } from './json-line.ts';
import { splitKeyValues } from './key-values.ts';
import { LAST_WORDS, LINE_HEADS } from './line-heads.ts';
import type { LogEntry } from './log-entry.ts';
import { type LogLevel, logLevel } from './log-level.ts';
import { readLogfmtLine } from './logfmt-line.ts';
import { withoutColour } from './without-colour.ts';

/**
 * What a line of geth (1.8 to 1.17, in each of its formats) or of a consensus client says. A line that reads as none of them has
 * level null and is its own message; it never throws.
 */
export function readLogLine(text: string): LogEntry {
  const plain = withoutColour(text);
  const head = headOf(plain);
  if (head === undefined) return readForPrograms(plain);
  const { message, fields } = splitKeyValues(head.rest);
  return { level: head.level, message, fields: head.prefix === undefined ? fields : { prefix: head.prefix, ...fields } };
}

/** The level alone, in a third of the time. */
export function readLevel(text: string): LogLevel | null {
  const plain = withoutColour(text);
  return headOf(plain)?.level ?? readForPrograms(plain).level;
}

function readForPrograms(plain: string): LogEntry {
  const unread = () => ({ level: LAST_WORDS.test(plain) ? ('crit' as const) : null, message: plain.trimEnd(), fields: {} });
  return readJsonLine(plain) ?? readLogfmtLine(plain) ?? unread();
}

function headOf(plain: string): { readonly level: LogLevel; readonly prefix: string | undefined; readonly rest: string } | undefined {
  for (const { head } of LINE_HEADS) {
    const { level: word = '', prefix, rest = '' } = head.exec(plain)?.groups ?? {};
    const level = logLevel(word);
    if (level !== null) return { level, prefix, rest };
  }
  return undefined;
}
