import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NodectlError } from '../../errors.ts';
import { CHECKSUM_FILE, checksumLine } from '../../node/archive/checksum-list.ts';
import type { Archives, ArchiveWritten } from '../../ports/archives.ts';
import type { TreeEntry } from '../../ports/volume-tree.ts';
import { type ArchiveEntry, tar } from '../tar-pack.ts';
import { partialFile } from './partial-file.ts';
import { compressTo } from './zstd.ts';

type Counts = { files: number; contentBytes: number };

/** See the port. */
export const writeArchive: Archives['write'] = async (entries, target, signal) => {
  if (target === 'stdout') return { ...(await packInto(entries, 1, 'standard output', signal)), archiveBytes: undefined };
  const partial = partialFile(target.file);
  let packed: Omit<ArchiveWritten, 'archiveBytes'>;
  try {
    packed = await packInto(entries, partial.fd, target.file, signal);
  } catch (thrown) {
    partial.discard();
    throw thrown;
  }
  return { ...packed, archiveBytes: partial.publish() };
};

async function packInto(entries: AsyncIterable<TreeEntry>, fd: number, where: string, signal: AbortSignal): Promise<Counts> {
  const counts: Counts = { files: 0, contentBytes: 0 };
  const { stream, done } = await compressTo(fd, signal);
  done.catch(() => {});
  try {
    await pipeline(Readable.from(tar(proved(entries, counts)), { objectMode: false }), stream);
  } catch (thrown) {
    stream.destroy();
    if (thrown instanceof NodectlError) throw thrown;
    if (signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted; no archive was made.');
    throw await done.then(
      () => thrown,
      (said: unknown) => refusal(where, said),
    );
  }
  await done.catch((said: unknown) => {
    throw signal.aborted ? new NodectlError('INTERRUPTED', 'Interrupted; no archive was made.') : refusal(where, said);
  });
  return counts;
}

/** The entries, and after them the list that proves them. */
async function* proved(entries: AsyncIterable<TreeEntry>, counts: Counts): AsyncGenerator<ArchiveEntry> {
  const lines: string[] = [];
  const mtime = new Date();
  for await (const { path, kind, mode, size, content } of entries) {
    if (kind === 'folder') {
      yield { header: { name: `${path}/`, type: 'directory', mode, mtime } };
      continue;
    }
    const hash = createHash('sha256');
    const hashed = async function* () {
      for await (const chunk of content) {
        hash.update(chunk);
        counts.contentBytes += chunk.length;
        yield chunk;
      }
    };
    yield { header: { name: path, type: 'file', mode, mtime, size }, content: hashed };
    counts.files += 1;
    lines.push(checksumLine(path, hash.digest('hex')));
  }
  yield { header: { name: CHECKSUM_FILE, type: 'file', mode: 0o600, mtime }, content: Buffer.from(lines.join('')) };
}

function refusal(where: string, said: unknown): NodectlError {
  const words = (said as Error).message;
  if (/no space left|quota exceeded/i.test(words)) {
    return new NodectlError('DISK_FULL', `The disk of ${where} is full.`, { hint: 'Free disk space there, or name a file elsewhere.' });
  }
  return new NodectlError('HOST_REFUSED', `The archive could not be written to ${where}: ${words}`, { cause: said });
}
