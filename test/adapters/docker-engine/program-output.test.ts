import { describe, expect, it } from 'vitest';
import { programOutput } from '../../../src/adapters/docker-engine/program-output.ts';

describe("a program's output", () => {
  it('is apart by stream, in whole letters, however the engine cut it', async () => {
    const [start, end] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
    const frames = [frame(1, start), frame(2, Buffer.from('said\n')), frame(1, end)];
    expect(await programOutput(chunks(frames))).toEqual({ stdout: 'ä', stderr: 'said\n' });
    expect(await programOutput(chunks([]))).toEqual({ stdout: '', stderr: '' });
  });

  it('is kept up to 8 MiB, and read to its end', async () => {
    let read = 0;
    async function* endless() {
      for (; read < 20; read++) yield frame(1 + (read % 2), Buffer.alloc(1 << 20, 'x'));
    }
    const { stdout, stderr } = await programOutput(endless());
    expect([stdout.length, stderr.length, read]).toEqual([4 << 20, 4 << 20, 20]);
  });
});

function frame(stream: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

async function* chunks(all: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* all;
}
