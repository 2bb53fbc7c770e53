import { NodectlError } from '../../errors.ts';

/** The longest row that is read; the engine's own are a few hundred bytes. */
const ROW_LIMIT = 1024 * 1024;

const LINE_FEED = 0x0a;

/**
 * The JSON values of a stream that holds one per line, wherever its chunks are cut. ENGINE_FAILED for a row that is not JSON
 * or too long to be one, so that memory stays bounded.
 */
export async function* ndjson(chunks: AsyncIterable<Uint8Array>, rowLimit = ROW_LIMIT): AsyncGenerator<unknown> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      pieces.push(chunk.subarray(start, end));
      yield* row(pieces);
      pieces = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > rowLimit) throw new NodectlError('ENGINE_FAILED', `The engine sent a row of more than ${rowLimit} bytes.`);
    if (rest.length > 0) pieces.push(rest);
  }
  yield* row(pieces);
}

function* row(pieces: readonly Uint8Array[]): Generator<unknown> {
  const text = Buffer.concat(pieces).toString('utf8').trim();
  if (text === '') return;
  try {
    yield JSON.parse(text);
  } catch {
    throw new NodectlError('ENGINE_FAILED', `The engine sent a row that is not JSON: ${text.slice(0, 120)}`);
  }
}
