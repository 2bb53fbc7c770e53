import { isAsGrave } from '../../node/log/log-level.ts';
import { readLevel, readLogLine } from '../../node/log/read-log-line.ts';
import type { Signature } from './signature.ts';
import { SIGNATURES } from './signatures.ts';

/** More than any line that tells something has; a line in JSON is read whole or not at all. */
const LINE_MOST = 65_536;

/** The words that tell begin a message, and end an error. */
const WORDS_MOST = 2_000;

/** Most lines tell progress, and are not worth taking apart: of those, a row knows only some that hold one of these words. */
const TELLING = /interrupt|stopped|Rewound|Rewinding|Failed|Unable|Could|Cannot|Error/;

/** Lines of a stack. */
const STACK = /^(?:\t|goroutine \d|created by |\w+[./])/;

/** The row that knows a line, whatever its format; undefined for one that tells nothing. Never throws. */
export function signatureOf(line: string): Signature | undefined {
  const read = line.slice(0, LINE_MOST);
  const level = readLevel(read);
  if (level === null ? STACK.test(read) : !isAsGrave(level, 'warn') && !TELLING.test(read)) return undefined;
  const { message, fields } = readLogLine(read);
  const words = message.slice(0, WORDS_MOST);
  const error = (fields.err ?? fields.error ?? '').slice(-WORDS_MOST);
  return SIGNATURES.find(
    (row) =>
      (row.level === undefined || row.level === level) && row.pattern.test(words) && (row.because === undefined || row.because.test(error)),
  );
}
