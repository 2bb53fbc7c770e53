import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { expect, test } from 'vitest';
import { imageArchive } from '../../src/adapters/image-archive.ts';
import type { ProgramName } from '../../src/ports/images.ts';
import { errorOfPromise } from '../error-code.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

/** More than one chunk of a file stream, and not a multiple of a tar block. */
const BINARY = Buffer.alloc(200_001, 'geth');

async function pack(
  binary: string,
  labels: Readonly<Record<string, string>> = { b: '2', a: '1' },
  program: ProgramName = 'geth',
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of imageArchive().pack({
    program,
    binary,
    reference: 'nodectl/geth:v1.17.8',
    architecture: 'arm64',
    labels,
  }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function unpack(archive: Buffer): Promise<Map<string, { header: Header; content: Buffer }>> {
  const files = new Map<string, { header: Header; content: Buffer }>();
  const reader = extract();
  Readable.from([archive]).pipe(reader);
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, { header: entry.header, content: Buffer.concat(chunks) });
  }
  return files;
}

function binaryFile(): string {
  const path = join(temporaryFolder(), 'geth');
  writeFileSync(path, BINARY);
  return path;
}

test('the archive holds one layer whose digest the configuration states, under the name asked for', async () => {
  const files = await unpack(await pack(binaryFile()));
  const [manifest] = JSON.parse(files.get('manifest.json')?.content.toString() ?? '');
  const config = files.get(manifest.Config)?.content ?? Buffer.alloc(0);
  const layer = files.get(manifest.Layers[0])?.content ?? Buffer.alloc(0);
  expect(manifest.RepoTags).toEqual(['nodectl/geth:v1.17.8']);
  expect(manifest.Config).toBe(`${sha256(config)}.json`);
  expect(JSON.parse(config.toString())).toMatchObject({
    architecture: 'arm64',
    os: 'linux',
    config: { Entrypoint: ['geth'], Labels: { a: '1', b: '2' } },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
  });
});

test('the layer holds the binary whole, and a data folder that user 1000 alone may enter', async () => {
  const outer = await unpack(await pack(binaryFile()));
  const layerName = [...outer.keys()].find((name) => name.endsWith('/layer.tar')) ?? '';
  const files = await unpack(outer.get(layerName)?.content ?? Buffer.alloc(0));
  expect(files.get('usr/local/bin/geth')?.content.equals(BINARY)).toBe(true);
  expect(files.get('usr/local/bin/geth')?.header.mode).toBe(0o755);
  expect(files.get('data/')?.header).toMatchObject({ type: 'directory', mode: 0o700, uid: 1000, gid: 1000 });
  expect(files.get('tmp/')?.header.mode).toBe(0o1777);
  expect([...outer.values(), ...files.values()].map(({ header }) => header.mtime?.getTime())).toEqual(
    Array(outer.size + files.size).fill(0),
  );
});

test('the same binary gives the same bytes, whatever the order of its labels', async () => {
  expect((await pack(binaryFile(), { a: '1', b: '2' })).equals(await pack(binaryFile(), { b: '2', a: '1' }))).toBe(true);
});

test('an image of Prysm starts its beacon node, and holds no other program', async () => {
  const outer = await unpack(await pack(binaryFile(), {}, 'prysm'));
  const config = [...outer.entries()].find(([name]) => /^[0-9a-f]{64}\.json$/.test(name))?.[1].content.toString() ?? '';
  expect(JSON.parse(config)).toMatchObject({ config: { Entrypoint: ['beacon-chain'], ExposedPorts: { '3500/tcp': {}, '13000/tcp': {} } } });
  const layerName = [...outer.keys()].find((name) => name.endsWith('/layer.tar')) ?? '';
  const files = await unpack(outer.get(layerName)?.content ?? Buffer.alloc(0));
  expect([...files.keys()].filter((name) => name.startsWith('usr/local/bin/'))).toEqual(['usr/local/bin/', 'usr/local/bin/beacon-chain']);
});

test('a binary that vanishes ends the packing instead of holding it', async () => {
  const binary = binaryFile();
  const chunks = imageArchive()
    .pack({ program: 'geth', binary, reference: 'x:v1', architecture: 'amd64', labels: {} })
    [Symbol.asyncIterator]();
  await chunks.next();
  rmSync(binary);
  const rest = async () => {
    while (!(await chunks.next()).done);
  };
  expect((await errorOfPromise(rest())).code).toBe('IMAGE_BUILD_FAILED');
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
