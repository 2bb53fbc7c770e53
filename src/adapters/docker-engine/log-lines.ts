import type { LogLine } from '../../ports/engine.ts';
import type { LogFrame } from './log-frames.ts';

/** The most of a line that is kept in memory; the engine cuts its own records at 16 KiB. */
const LINE_LIMIT = 1 << 20;

/** Joins frames to lines, per stream, and takes the engine's timestamp off each line's start. */
export async function* logLines(frames: AsyncIterable<LogFrame>): AsyncGenerator<LogLine> {
  const open: Record<LogFrame['stream'], Buffer[]> = { stdout: [], stderr: [] };
  const size = { stdout: 0, stderr: 0 };
  for await (const { stream, bytes } of frames) {
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      yield line(stream, [...open[stream], bytes.subarray(from, at)]);
      open[stream] = [];
      size[stream] = 0;
      from = at + 1;
    }
    if (from < bytes.length && size[stream] < LINE_LIMIT) {
      open[stream].push(bytes.subarray(from));
      size[stream] += bytes.length - from;
    }
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    if (open[stream].length > 0) yield line(stream, open[stream]);
  }
}

function line(stream: LogFrame['stream'], parts: readonly Buffer[]): LogLine {
  const whole = Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
  const stamped = /^(\d{4}-\d\d-\d\dT\S+) ?([\s\S]*)$/.exec(whole);
  return stamped ? { stream, time: stamped[1] ?? '', text: stamped[2] ?? '' } : { stream, time: '', text: whole };
}
