import type { LogLine } from '../../ports/engine.ts';
import type { LogFrame } from './log-frames.ts';

/** The most of a line that is kept in memory: a longer one is given in pieces of this size. */
const LINE_LIMIT = 1 << 20;

const LINE_FEED = 0x0a;
const STAMP = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)) ?/;
/** More than any timestamp has. */
const STAMP_LIMIT = 40;

/** What has come of a line that has not ended. */
interface OpenLine {
  time: string;
  parts: Buffer[];
  size: number;
  /** A piece of it was given already. */
  isRest: boolean;
}

type OpenLines = Record<LogFrame['stream'], OpenLine | undefined>;

/**
 * Joins records to lines, per stream, chunk by chunk. The engine cuts a line at 16 KiB and puts its timestamp before each piece: the
 * first one is the line's time, and none of them is left in its text.
 */
export async function* logLines(chunks: AsyncIterable<readonly LogFrame[]>): AsyncGenerator<readonly LogLine[]> {
  const open: OpenLines = { stdout: undefined, stderr: undefined };
  for await (const frames of chunks) {
    const lines: LogLine[] = [];
    for (const frame of frames) take(frame, open, lines);
    if (lines.length > 0) yield lines;
  }
  const unended = (['stdout', 'stderr'] as const).map((stream) => ({ stream, line: open[stream] }));
  yield unended.flatMap(({ stream, line }) => (line === undefined || isEmptyRest(line) ? [] : [lineOf(stream, line)]));
}

function take({ stream, bytes, framed }: LogFrame, open: OpenLines, lines: LogLine[]): void {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(LINE_FEED, from);
    const end = at < 0 ? bytes.length : at;
    const begun = open[stream];
    const stamp = begun === undefined || (framed && from === 0) ? stampAt(bytes, from, end) : undefined;
    const line = begun ?? { time: stamp?.time ?? '', parts: [], size: 0, isRest: false };
    const piece = bytes.subarray(stamp?.end ?? from, end);
    line.parts.push(piece);
    line.size += piece.length;
    from = end + 1;
    const isFull = line.size >= LINE_LIMIT;
    if (at >= 0) open[stream] = undefined;
    else open[stream] = isFull ? { time: line.time, parts: [], size: 0, isRest: true } : line;
    if ((at >= 0 || isFull) && !isEmptyRest(line)) lines.push(lineOf(stream, line));
  }
}

function isEmptyRest({ isRest, size }: OpenLine): boolean {
  return isRest && size === 0;
}

function stampAt(bytes: Buffer, from: number, end: number): { readonly time: string; readonly end: number } | undefined {
  const [whole, time] = STAMP.exec(bytes.toString('latin1', from, Math.min(end, from + STAMP_LIMIT))) ?? [];
  return whole === undefined || time === undefined ? undefined : { time, end: from + whole.length };
}

function lineOf(stream: LogFrame['stream'], { time, parts }: OpenLine): LogLine {
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  const last = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
  return { stream, time, text: bytes.toString('utf8', 0, last) };
}
