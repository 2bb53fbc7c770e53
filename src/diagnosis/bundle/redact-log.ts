import type { LogLine } from '../../ports/engine.ts';
import type { Redactor } from './redactor.ts';

/** The engine's adapter gives a longer line in pieces of about this size (bytes); none of its characters has more than four. */
const PIECE_LENGTH = (1 << 20) / 4;
/** A private key has about this many lines at most. */
const MOST_KEY_LINES = 120;
/** A line of which no more than this is read is cut at a word by the redactor. */
const MOST_OF_LINE = 20_000;

/** A container's log, line by line in its order, as it may be given away: the engine's time, the stream, and the text. */
export function createLogRedactor(redactor: Redactor): (line: LogLine) => string {
  const long = { stdout: false, stderr: false };
  const keyLines = { stdout: 0, stderr: 0 };
  return ({ stream, time, text }) => {
    const prefix = `${/^[\w:.+-]{0,40}$/.test(time) ? time : ''} ${stream} `;
    const rest = long[stream];
    long[stream] = text.length >= PIECE_LENGTH;
    // Its first word may be the second half of a secret.
    if (rest) return `${prefix}(the rest of a long line)`;
    if (keyLines[stream] > 0) {
      keyLines[stream] = text.includes('-----END') ? 0 : keyLines[stream] - 1;
      return `${prefix}***`;
    }
    if (/-----BEGIN (?![\s\S]*-----END)/.test(text)) keyLines[stream] = MOST_KEY_LINES;
    return `${prefix}${redactor.text(text.slice(0, MOST_OF_LINE).replaceAll('\n', ' '))}`;
  };
}
