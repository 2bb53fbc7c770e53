import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameBatches } from '../../../src/adapters/docker-engine/log-frames.ts';
import { logLines } from '../../../src/adapters/docker-engine/log-lines.ts';

describe('log lines', () => {
  it('are the same wherever the bytes were cut', async () => {
    const record = fc.record({
      stream: fc.constantFrom(1, 2),
      text: fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 6 }), async (records, cuts) => {
        const whole = Buffer.concat(records.map(({ stream, text }) => frame(stream, `2026-01-02T03:04:05.1Z ${text}\n`)));
        const lines = await all(pieces(whole, cuts));
        const seen = (number: number) =>
          lines.filter((line) => line.stream === (number === 2 ? 'stderr' : 'stdout')).map((line) => line.text);
        for (const number of [1, 2]) {
          expect(seen(number)).toEqual(records.filter(({ stream }) => stream === number).map(({ text }) => text));
        }
        expect(lines.every((line) => line.time === '2026-01-02T03:04:05.1Z')).toBe(true);
      }),
    );
  });

  it('of two streams do not mix in the middle of a line', async () => {
    const bytes = Buffer.concat([frame(1, 'one '), frame(2, 'error\n'), frame(1, 'two\n')]);
    expect(await all([bytes])).toEqual([
      { stream: 'stderr', time: '', text: 'error' },
      { stream: 'stdout', time: '', text: 'one two' },
    ]);
  });

  it('of a terminal come without frames', async () => {
    const lines = await all([Buffer.from('2026-01-02T03:04:05Z {"a":1}\r\n2026-01-02T03:04:06Z b')]);
    expect(lines).toEqual([
      { stream: 'stdout', time: '2026-01-02T03:04:05Z', text: '{"a":1}' },
      { stream: 'stdout', time: '2026-01-02T03:04:06Z', text: 'b' },
    ]);
  });

  it('that the engine cut at 16 KiB are whole again, with the time of their first piece alone', async () => {
    const stamp = (second: number) => `2026-01-02T03:04:0${second}.000000001Z `;
    const long = `${'ä'.repeat(8_191)}aä${'b'.repeat(30_000)}2026-01-02T03:04:05Z c`;
    const bytes = Buffer.from(long);
    const pieces = [bytes.subarray(0, 16_384), bytes.subarray(16_384, 32_768), Buffer.concat([bytes.subarray(32_768), Buffer.from('\n')])];
    const records = pieces.map((piece, second) => frame(2, Buffer.concat([Buffer.from(stamp(second)), piece])));
    expect(await all([Buffer.concat([...records, frame(2, `${stamp(9)}next\n`)])])).toEqual([
      { stream: 'stderr', time: '2026-01-02T03:04:00.000000001Z', text: long },
      { stream: 'stderr', time: '2026-01-02T03:04:09.000000001Z', text: 'next' },
    ]);
  });

  it('of more than a megabyte come in pieces, of which none is lost', async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      frame(1, `2026-01-02T03:04:05Z ${String.fromCharCode(97 + (index % 26)).repeat(16_384)}`),
    );
    const lines = await all([...records, frame(1, '2026-01-02T03:04:05Z \n'), frame(1, '2026-01-02T03:04:06Z end\n')]);
    expect(lines.map(({ text }) => text.length)).toEqual([1 << 20, 1 << 20, 1 << 20, 131_072, 3]);
    expect(
      lines
        .slice(0, 4)
        .map(({ text }) => text)
        .join(''),
    ).toBe(records.map((record) => record.subarray(8 + 21).toString()).join(''));
    expect((await all([frame(1, 'x'.repeat(1 << 20)), frame(1, '\n'), frame(1, 'y\n')])).map(({ text }) => text.length)).toEqual([
      1 << 20,
      1,
    ]);
  });

  it('keep a NUL, and tell bytes that are no text', async () => {
    expect((await all([frame(2, Buffer.from([0x61, 0, 0xff, 0xfe, 0x62, 0x0a]))])).map(({ text }) => text)).toEqual(['a\0\ufffd\ufffdb']);
  });

  it('keep a last line without an end, and drop none that is short', async () => {
    expect((await all([frame(1, 'a\n\nb')])).map((line) => line.text)).toEqual(['a', '', 'b']);
    expect((await all([Buffer.from('x')])).map((line) => line.text)).toEqual(['x']);
    expect(await all([])).toEqual([]);
  });

  it('of many small frames take time in proportion', async () => {
    const bytes = Buffer.concat(Array.from({ length: 200_000 }, () => frame(1, 'line\n')));
    const begun = process.cpuUsage();
    expect(await all([bytes])).toHaveLength(200_000);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3_000);
  });
});

function frame(stream: number, text: string | Buffer): Buffer {
  const body = Buffer.from(text as string);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

function pieces(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)).toSorted((a, b) => a - b), whole.length];
  return at.slice(1).map((end, index) => whole.subarray(at[index], end));
}

async function all(chunks: readonly Buffer[]) {
  const source = (async function* () {
    yield* chunks;
  })();
  const lines = [];
  for await (const some of logLines(frameBatches(source))) for (const line of some) lines.push(line);
  return lines;
}
