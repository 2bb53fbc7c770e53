import { createHash } from 'node:crypto';
import { type Header, type Pack, pack } from 'tar-stream';

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** A file of an archive: its header and what is in it. */
export interface ArchiveEntry {
  readonly header: EntryHeader;
  readonly content?: Buffer | (() => AsyncIterable<Uint8Array>);
}

/** One fixed instant, so that the same content gives the same image id. */
const EPOCH = new Date(0);
const CREATED = '1970-01-01T00:00:00Z';

/** An image of one layer in the layout of `docker save`; `config` is the image's own (Entrypoint, Env, Labels …). */
export async function* dockerArchive(request: {
  readonly reference: string;
  readonly architecture: string;
  readonly config: object;
  readonly entries: readonly ArchiveEntry[];
}): AsyncGenerator<Uint8Array> {
  const layer = () => tar(request.entries);
  const { digest, size } = await measure(layer());
  const image = JSON.stringify({
    architecture: request.architecture,
    os: 'linux',
    created: CREATED,
    config: request.config,
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    history: [{ created: CREATED, created_by: 'nodectl image build' }],
  });
  const imageName = `${createHash('sha256').update(image).digest('hex')}.json`;
  const layerName = `${digest}/layer.tar`;
  const manifest = JSON.stringify([{ Config: imageName, RepoTags: [request.reference], Layers: [layerName] }]);
  yield* tar([
    { header: file(imageName, 0o644), content: Buffer.from(image) },
    { header: { ...file(layerName, 0o644), size }, content: layer },
    { header: file('manifest.json', 0o644), content: Buffer.from(manifest) },
  ]);
}

/** A file that root owns; its size is the content's, or `size` where that is a stream. */
export function file(name: string, mode: number): EntryHeader {
  return { name, mode, type: 'file', uid: 0, gid: 0, mtime: EPOCH };
}

export function folder(name: string, mode: number, owner = 0): EntryHeader {
  return { name, mode, type: 'directory', uid: owner, gid: owner, mtime: EPOCH };
}

/** The entries as a tar stream, read no faster than it is taken. */
async function* tar(entries: readonly ArchiveEntry[]): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const writing = writeAll(archive, entries).catch((error: unknown) => archive.destroy(error as Error));
  try {
    yield* archive as AsyncIterable<Uint8Array>;
  } finally {
    archive.destroy();
    await writing;
  }
}

async function writeAll(archive: Pack, entries: readonly ArchiveEntry[]): Promise<void> {
  for (const { header, content } of entries) {
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

async function measure(chunks: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: hash.digest('hex'), size };
}
