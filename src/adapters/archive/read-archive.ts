import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { NodectlError } from '../../errors.ts';
import { CHECKSUM_FILE, checksumLine, checksumMismatch } from '../../node/archive/checksum-list.ts';
import { printable } from '../../node/printable.ts';
import type { Archives } from '../../ports/archives.ts';
import type { TreeEntry } from '../../ports/volume-tree.ts';
import { hostError } from '../host-error.ts';
import { decompressFrom } from './zstd.ts';

/** See the port. */
export const readArchive: Archives['read'] = async function* (source, signal) {
  const fd = source === 'stdin' ? 0 : opened(source.file);
  try {
    yield* entriesOf(fd, signal);
  } finally {
    if (source !== 'stdin') closeSync(fd);
  }
};

function opened(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NodectlError('NO_SUCH_FILE', `There is no file ${file}.`);
    throw hostError(file, error);
  }
}

async function* entriesOf(fd: number, signal: AbortSignal): AsyncGenerator<TreeEntry> {
  const { stream, done } = await decompressFrom(fd, signal);
  const entries = extract();
  const flowing = pipeline(stream, entries);
  for (const ending of [done, flowing]) ending.catch(() => {});
  const why = async (thrown: unknown) => {
    if (thrown instanceof NodectlError) return thrown;
    if (signal.aborted) return new NodectlError('INTERRUPTED', 'Interrupted while the archive was read.');
    return broken(await reason(done, thrown));
  };
  const counted: string[] = [];
  let told: string | undefined;
  try {
    for await (const entry of entries) {
      if (told !== undefined) throw broken('something comes after its end');
      const path = entry.header.name.replace(/\/$/, '');
      if (path === CHECKSUM_FILE) {
        told = await listOf(entry, counted);
        continue;
      }
      const hash = createHash('sha256');
      const seen = entryOf(path, entry.header, hashed(entry, hash, why));
      yield seen;
      for await (const _ of seen.content) {
        // What nobody read counts as well.
      }
      if (seen.kind === 'file') counted.push(checksumLine(path, hash.digest('hex')));
    }
    await Promise.all([flowing, done]);
  } catch (thrown) {
    throw await why(thrown);
  } finally {
    stream.destroy();
    entries.destroy();
  }
  if (told === undefined) throw broken('it is cut off: its end is missing');
  const problem = checksumMismatch(told, counted.join(''));
  if (problem !== undefined) throw broken(problem);
}

/** The compressor knows best why a stream broke. */
function reason(done: Promise<void>, thrown: unknown): Promise<string> {
  return done.then(
    () => (thrown as Error).message,
    (said: Error) => said.message,
  );
}

function entryOf(path: string, { type, mode = 0o600, size = 0 }: Header, content: TreeEntry['content']): TreeEntry {
  const kind = type === 'file' || type === 'contiguous-file' ? 'file' : type === 'directory' ? 'folder' : 'other';
  return { path, kind, mode: mode & 0o777, size: kind === 'file' ? size : 0, content };
}

/** Whoever reads the content meets its errors first. */
async function* hashed(
  entry: AsyncIterable<unknown>,
  hash: { update(bytes: Uint8Array): unknown },
  why: (thrown: unknown) => Promise<NodectlError>,
): AsyncGenerator<Uint8Array> {
  const chunks = (entry as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  while (true) {
    const next = await chunks.next().catch(async (thrown: unknown) => {
      throw await why(thrown);
    });
    if (next.done) return;
    hash.update(next.value);
    yield next.value;
  }
}

/** No longer than it can be if it is true. */
async function listOf(entry: AsyncIterable<unknown>, counted: readonly string[]): Promise<string> {
  const most = counted.reduce((sum, line) => sum + Buffer.byteLength(line), 1 << 20);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of entry as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw broken(`its ${CHECKSUM_FILE} is too long`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function broken(why: string): NodectlError {
  return new NodectlError('ARCHIVE_BROKEN', `The archive is not whole: ${printable(why, 200)}.`);
}
