import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleFile } from '../../src/adapters/bundle-file.ts';
import type { Output } from '../../src/adapters/output.ts';
import { errorOf, errorOfPromise } from '../error-code.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodectl-bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FILES = [
  { name: 'manifest.json', text: '{}\n' },
  { name: 'geth/log.txt', text: 'ä line\n' },
];
const AT = Date.parse('2026-11-21T12:00:00Z');

function collected(isTTY = false) {
  const pieces: Buffer[] = [];
  const stdout: Output = { isTTY, write: (piece) => void pieces.push(Buffer.from(piece)) };
  return { stdout, bytes: () => Buffer.concat(pieces) };
}

async function unpacked(archive: Buffer) {
  const found: { name: string; text: string; mode: number | undefined; mtime: number | undefined }[] = [];
  for await (const entry of Readable.from([archive]).pipe(createGunzip()).pipe(extract())) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    const { name, mode, mtime } = entry.header;
    found.push({ name, text: Buffer.concat(pieces).toString(), mode, mtime: mtime?.getTime() });
  }
  return found;
}

test('a bundle is a .tar.gz that only its owner can read, and nothing is left beside it', async () => {
  const path = join(folder, 'node.tar.gz');
  const bytes = await bundleFile(collected().stdout).write(path, 'nodectl-dev', FILES, AT);
  expect(statSync(path)).toMatchObject({ size: bytes });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['node.tar.gz']);
  expect(await unpacked(readFileSync(path))).toEqual([
    { name: 'nodectl-dev/manifest.json', text: '{}\n', mode: 0o600, mtime: AT },
    { name: 'nodectl-dev/geth/log.txt', text: 'ä line\n', mode: 0o600, mtime: AT },
  ]);
});

test('what exists already is left as it is, also a dangling link and what came meanwhile', async () => {
  const [file, link] = [join(folder, 'file'), join(folder, 'link')];
  writeFileSync(file, 'mine');
  symlinkSync(join(folder, 'nowhere'), link);
  const bundles = bundleFile(collected().stdout);
  for (const path of [file, link, folder]) {
    expect(errorOf(() => bundles.refuse(path)).code).toBe('USAGE');
    expect((await errorOfPromise(bundles.write(path, 'x', FILES, AT))).code).toBe('USAGE');
  }
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['file', 'link']);
});

test('a folder that is not there is refused before anything is gathered', () => {
  const bundles = bundleFile(collected().stdout);
  expect(errorOf(() => bundles.refuse(join(folder, 'no', 'file'))).code).toBe('HOST_REFUSED');
  expect(() => bundles.refuse(join(folder, 'file'))).not.toThrow();
});

test('- is standard output, unless that is a terminal', async () => {
  const output = collected();
  const bytes = await bundleFile(output.stdout).write('-', 'x', FILES, AT);
  expect(output.bytes().length).toBe(bytes);
  expect(await unpacked(output.bytes())).toHaveLength(2);
  expect(errorOf(() => bundleFile(collected(true).stdout).refuse('-')).code).toBe('USAGE');
});
