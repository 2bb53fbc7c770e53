import { type Header, type Pack, pack } from 'tar-stream';

export type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** A file of an archive: its header, which tells the size of a content that is a stream, and what is in it. */
export interface ArchiveEntry {
  readonly header: EntryHeader;
  readonly content?: Buffer | (() => AsyncIterable<Uint8Array>);
}

/** The entries as a tar stream, each asked for when the one before it was taken. Throws whatever they do. */
export async function* tar(entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const writing = writeAll(archive, entries).catch((error: unknown) => archive.destroy(error as Error));
  try {
    yield* archive as AsyncIterable<Uint8Array>;
  } finally {
    archive.destroy();
    await writing;
  }
}

async function writeAll(archive: Pack, entries: Iterable<ArchiveEntry> | AsyncIterable<ArchiveEntry>): Promise<void> {
  for await (const { header, content } of entries) {
    if (typeof content === 'function') await writeStream(archive, header, content());
    else archive.entry(header, content ?? Buffer.alloc(0));
  }
  archive.finalize();
}

async function writeStream(archive: Pack, header: EntryHeader, content: AsyncIterable<Uint8Array>): Promise<void> {
  const sink = archive.entry(header);
  let closed = () => {};
  const failed = new Promise<never>((_, reject) => {
    sink.on('error', reject);
    closed = () => reject(new Error('the archive was closed'));
    archive.once('close', closed);
  });
  failed.catch(() => {});
  const finished = new Promise<void>((resolve) => {
    sink.on('finish', () => resolve());
  });
  for await (const chunk of content) {
    if (!sink.write(chunk)) await Promise.race([new Promise<void>((resolve) => sink.once('drain', () => resolve())), failed]);
  }
  sink.end(undefined);
  await Promise.race([finished, failed]);
  // An archive of thousands of files outlives each of them.
  archive.off('close', closed);
}
