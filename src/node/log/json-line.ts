import type { LogEntry } from './log-entry.ts';
import { logLevel } from './log-level.ts';

/** The keys of time, level and message: geth's, Prysm's (`json`, `fluentd`), Nimbus'. */
const TIME = ['t', 'time', 'ts', 'timestamp'];
const LEVEL = ['lvl', 'level', 'severity'];
const MESSAGE = ['msg', 'message'];

/** A line in a JSON format; undefined for any other line, a cut one too. */
export function readJsonLine(text: string): LogEntry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const document = JSON.parse(text) as Record<string, unknown>;
    const own = (keys: readonly string[]) => keys.find((key) => typeof document[key] === 'string');
    const levelKey = own(LEVEL);
    const level = levelKey === undefined ? null : logLevel(String(document[levelKey]));
    if (levelKey === undefined || level === null) return undefined;
    const messageKey = own(MESSAGE);
    const taken = new Set([own(TIME), levelKey, messageKey]);
    const fields = Object.entries(document).filter(([key]) => !taken.has(key));
    return {
      level,
      message: messageKey === undefined ? '' : String(document[messageKey]),
      fields: Object.fromEntries(fields.map(([key, value]) => [key, written(key, value, text)])),
    };
  } catch {
    return undefined;
  }
}

/** A value as text; of a number that JavaScript cannot hold, the digits of the line. */
function written(key: string, value: unknown, text: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    const name = `${JSON.stringify(key)}:`;
    const digits = /^\s*([-\d.eE+]+)/.exec(text.slice(text.indexOf(name) + name.length))?.[1];
    if (text.includes(name) && digits !== undefined && Number(digits) === value) return digits;
  }
  return JSON.stringify(value);
}
