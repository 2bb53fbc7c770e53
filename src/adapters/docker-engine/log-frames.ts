/** A piece of one stream of a container's output. */
export interface LogFrame {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Buffer;
  /** True where the engine said how long it is; of a log it is then one record, which may be a line or only a part of one. */
  readonly framed: boolean;
}

const HEADER = 8;

/** What `frameBatches` gives, one by one. */
export async function* logFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<LogFrame> {
  for await (const frames of frameBatches(chunks)) for (const frame of frames) yield frame;
}

/**
 * The frames of each chunk together, since a generator's step costs more than a frame. Takes the engine's multiplexed output apart: per frame one byte of stream, three zeros, the length in four bytes, the bytes.
 * Output of a container with a terminal has no frames and comes whole as stdout.
 */
export async function* frameBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly LogFrame[]> {
  let held: Buffer = Buffer.alloc(0);
  let framed: boolean | undefined;
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    framed ??= held.length < HEADER ? undefined : looksFramed(held);
    if (framed === false) {
      yield [{ stream: 'stdout', bytes: held, framed: false }];
      held = Buffer.alloc(0);
      continue;
    }
    const frames: LogFrame[] = [];
    let at = 0;
    while (held.length - at >= HEADER) {
      const end = at + HEADER + held.readUInt32BE(at + 4);
      if (held.length < end) break;
      frames.push({ stream: held[at] === 2 ? 'stderr' : 'stdout', bytes: held.subarray(at + HEADER, end), framed: true });
      at = end;
    }
    held = held.subarray(at);
    if (frames.length > 0) yield frames;
  }
  if (framed !== true && held.length > 0) yield [{ stream: 'stdout', bytes: held, framed: false }];
}

function looksFramed(head: Buffer): boolean {
  return (head[0] ?? 9) <= 2 && head[1] === 0 && head[2] === 0 && head[3] === 0;
}
