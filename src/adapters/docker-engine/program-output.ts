import type { Ran } from '../../ports/volume-run.ts';
import { type LogFrame, logFrames } from './log-frames.ts';

/** The most output that is kept, of both streams together. */
const LIMIT = 8 << 20;

/** What a program printed, apart by stream; what passes 8 MiB is read and dropped. */
export async function programOutput(answer: AsyncIterable<Buffer>): Promise<Pick<Ran, 'stdout' | 'stderr'>> {
  const kept: Record<LogFrame['stream'], Buffer[]> = { stdout: [], stderr: [] };
  let room = LIMIT;
  for await (const { stream, bytes } of logFrames(answer)) {
    if (room > 0) kept[stream].push(bytes.subarray(0, room));
    room -= bytes.length;
  }
  return { stdout: Buffer.concat(kept.stdout).toString(), stderr: Buffer.concat(kept.stderr).toString() };
}
