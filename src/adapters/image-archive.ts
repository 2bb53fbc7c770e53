import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { type Header, type Pack, pack } from 'tar-stream';
import { NodectlError } from '../errors.ts';
import { BUILT_PROGRAMS } from '../node/built-program.ts';
import type { ImagePacker } from '../ports/images.ts';
import { certificateBundle } from './certificate-bundle.ts';

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** A file of an archive: its header and what is in it. */
interface Entry {
  readonly header: EntryHeader;
  readonly content?: Buffer | (() => AsyncIterable<Uint8Array>);
}

/** One fixed instant, so that the same binary gives the same image id. */
const EPOCH = new Date(0);
const CREATED = '1970-01-01T00:00:00Z';

/** Packs a program as an image with the layout of geth's official one, plus a data folder that an ordinary user owns. */
export function imageArchive(): ImagePacker {
  return { pack: packOrSay };
}

async function* packOrSay(request: Parameters<ImagePacker['pack']>[0]): AsyncGenerator<Uint8Array> {
  try {
    yield* packImage(request);
  } catch (error) {
    throw new NodectlError('IMAGE_BUILD_FAILED', `Cannot pack ${request.binary} as an image: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function* packImage(request: Parameters<ImagePacker['pack']>[0]): AsyncGenerator<Uint8Array> {
  const layer = () => tar(layerEntries(request.binary, BUILT_PROGRAMS[request.program].command));
  const { digest, size } = await measure(layer());
  const config = JSON.stringify(imageConfig(request, digest));
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
  const layerName = `${digest}/layer.tar`;
  const manifest = JSON.stringify([{ Config: configName, RepoTags: [request.reference], Layers: [layerName] }]);
  yield* tar([
    { header: file(configName, 0o644), content: Buffer.from(config) },
    { header: { ...file(layerName, 0o644), size }, content: layer },
    { header: file('manifest.json', 0o644), content: Buffer.from(manifest) },
  ]);
}

function imageConfig({ program, architecture, labels }: Parameters<ImagePacker['pack']>[0], layerDigest: string): object {
  const { command, ports } = BUILT_PROGRAMS[program];
  return {
    architecture,
    os: 'linux',
    created: CREATED,
    config: {
      Entrypoint: [command],
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
      Labels: Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerDigest}`] },
    history: [{ created: CREATED, created_by: 'nodectl image build' }],
  };
}

function layerEntries(binary: string, command: string): readonly Entry[] {
  const certificates = certificateBundle();
  return [
    { header: folder('data/', 0o700, 1000) },
    ...(certificates === undefined
      ? []
      : [
          ...['etc/', 'etc/ssl/', 'etc/ssl/certs/'].map((name) => ({ header: folder(name, 0o755) })),
          { header: file('etc/ssl/certs/ca-certificates.crt', 0o644), content: certificates },
        ]),
    { header: folder('tmp/', 0o1777) },
    ...['usr/', 'usr/local/', 'usr/local/bin/'].map((name) => ({ header: folder(name, 0o755) })),
    {
      header: { ...file(`usr/local/bin/${command}`, 0o755), size: statSync(binary).size },
      content: () => createReadStream(binary),
    },
  ];
}

function file(name: string, mode: number): EntryHeader {
  return { name, mode, type: 'file', uid: 0, gid: 0, mtime: EPOCH };
}

function folder(name: string, mode: number, owner = 0): EntryHeader {
  return { name, mode, type: 'directory', uid: owner, gid: owner, mtime: EPOCH };
}

/** The entries as a tar stream, read no faster than it is taken. */
async function* tar(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const writing = writeAll(archive, entries).catch((error: unknown) => archive.destroy(error as Error));
  try {
    yield* archive as AsyncIterable<Uint8Array>;
  } finally {
    archive.destroy();
    await writing;
  }
}

async function writeAll(archive: Pack, entries: readonly Entry[]): Promise<void> {
  for (const { header, content } of entries) {
    if (typeof content === 'function') await writeStream(archive, header, content());
    else archive.entry(header, content ?? Buffer.alloc(0));
  }
  archive.finalize();
}

async function writeStream(archive: Pack, header: EntryHeader, content: AsyncIterable<Uint8Array>): Promise<void> {
  const sink = archive.entry(header);
  const failed = new Promise<never>((_, reject) => {
    sink.on('error', reject);
    archive.on('close', () => reject(new Error('the archive was closed')));
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
