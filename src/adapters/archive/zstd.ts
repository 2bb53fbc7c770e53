import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import type { PassThrough, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import zlib from 'node:zlib';
import { NodectlError } from '../../errors.ts';

/** Where bytes go in or come out, and how it ends; `done` rejects with what the compressor said. */
export interface Compressor<Stream> {
  readonly stream: Stream;
  readonly done: Promise<void>;
}

/** Not in the types of Node 20, and not in Node 20. */
interface ZlibWithZstd {
  readonly createZstdCompress?: () => PassThrough;
  readonly createZstdDecompress?: () => PassThrough;
}

/** Compresses into a file descriptor. The program comes first: it uses every core, and writes without a way through this process. */
export async function compressTo(fd: number, signal: AbortSignal): Promise<Compressor<Writable>> {
  const child = await program(['-T0', '-q', '-c'], ['pipe', fd, 'pipe'], signal);
  if (child?.stdin) return { stream: child.stdin, done: ending(child) };
  const stream = ((zlib as ZlibWithZstd).createZstdCompress ?? missing)();
  return { stream, done: finished(stream.pipe(createWriteStream('', { fd, autoClose: false }))) };
}

/** What a file descriptor holds, decompressed. */
export async function decompressFrom(fd: number, signal: AbortSignal): Promise<Compressor<Readable>> {
  const child = await program(['-d', '-q', '-c'], [fd, 'pipe', 'pipe'], signal);
  if (child?.stdout) return { stream: child.stdout, done: ending(child) };
  const stream = ((zlib as ZlibWithZstd).createZstdDecompress ?? missing)();
  const source = createReadStream('', { fd, autoClose: false }).once('error', (error) => stream.destroy(error));
  return { stream: source.pipe(stream), done: finished(stream) };
}

/** The running program; undefined where this machine has none. */
function program(words: readonly string[], stdio: readonly (number | 'pipe')[], signal: AbortSignal): Promise<ChildProcess | undefined> {
  return new Promise((resolve) => {
    const child = spawn('zstd', words, { stdio: [...stdio], signal });
    // A pipe that breaks is told by how the program ends.
    child.stdin?.on('error', () => {});
    child.once('spawn', () => resolve(child));
    child.once('error', () => resolve(undefined));
  });
}

function ending(child: ChildProcess): Promise<void> {
  const said: Buffer[] = [];
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(Buffer.concat(said).toString().trim() || `zstd ended with ${code ?? signal}`));
    });
  });
}

function missing(): never {
  throw new NodectlError('ZSTD_MISSING', 'This machine has no zstd, which archives are compressed with.');
}
