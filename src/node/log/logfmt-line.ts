import { goUnquoted } from './go-quoted.ts';
import { splitKeyValues } from './key-values.ts';
import type { LogEntry } from './log-entry.ts';
import { logLevel } from './log-level.ts';

/** geth's begins with `t=`, Prysm's with `time=`, or with `level=` where its time is left out. */
const BEGIN = /^(?:t|time|lvl|level)=/;

/** Prysm writes an error with quotes of its own into quotes (`error="Post "http://…": …"`), after which no word can be told from another. */
const PRYSM = /^(?:time="[^"]*" )?level=(?<level>\w+) msg="(?<message>(?:[^"\\]|\\.)*)" error="(?<error>.*?)"(?: prefix=(?<prefix>\S+))?$/s;

/** A line in logfmt (geth's `--log.format logfmt`, Prysm's `text`): nothing but `key=value`; undefined for any other line. */
export function readLogfmtLine(text: string): LogEntry | undefined {
  if (!BEGIN.test(text)) return undefined;
  const { message: loose, fields } = splitKeyValues(text);
  const { t: _t, time: _time, lvl, level: word, msg = '', ...rest } = fields;
  const level = logLevel(lvl ?? word ?? '');
  if (loose !== '') return readPrysmLine(text);
  return level === null ? undefined : { level, message: msg, fields: rest };
}

function readPrysmLine(text: string): LogEntry | undefined {
  const { level: word = '', message, error, prefix } = PRYSM.exec(text)?.groups ?? {};
  const level = logLevel(word);
  if (level === null || message === undefined || error === undefined) return undefined;
  return { level, message: goUnquoted(`"${message}"`), fields: prefix === undefined ? { error } : { error, prefix } };
}
