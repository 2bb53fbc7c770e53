import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndjson } from '../../../src/adapters/docker-engine/ndjson.ts';
import { errorOfPromise } from '../../error-code.ts';

async function read(chunks: readonly Uint8Array[], limit?: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  async function* source() {
    yield* chunks;
  }
  for await (const row of ndjson(source(), limit)) rows.push(row);
  return rows;
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

test('rows come out whole wherever the stream is cut, also inside a character', async () => {
  const value = fc.record({ status: fc.string({ unit: 'grapheme' }), id: fc.string(), n: fc.integer() });
  await fc.assert(
    fc.asyncProperty(fc.array(value), fc.array(fc.nat()), fc.constantFrom('\n', '\r\n'), async (rows, places, end) => {
      const bytes = Buffer.from(rows.map((row) => JSON.stringify(row) + end).join(''));
      expect(await read(cut(bytes, places))).toEqual(rows);
    }),
  );
});

test('the last row needs no line end, and blank lines are nothing', async () => {
  expect(await read([Buffer.from('\n{"a":1}\r\n\r\n{"b":2}')])).toEqual([{ a: 1 }, { b: 2 }]);
});

test('a row that is not JSON is an error of the engine', async () => {
  expect((await errorOfPromise(read([Buffer.from('<html>\n')]))).code).toBe('ENGINE_FAILED');
});

test('a row without end is refused instead of kept', async () => {
  expect((await errorOfPromise(read([Buffer.alloc(60, 97), Buffer.alloc(60, 97)], 100))).code).toBe('ENGINE_FAILED');
});
