import { createHash } from 'node:crypto';
import { type ArchiveEntry, type EntryHeader, tar } from './tar-pack.ts';

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

async function measure(chunks: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: hash.digest('hex'), size };
}
