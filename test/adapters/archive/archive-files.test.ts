import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { archiveFiles } from '../../../src/adapters/archive/archive-files.ts';
import { compressTo } from '../../../src/adapters/archive/zstd.ts';
import { NodectlError } from '../../../src/errors.ts';
import type { TreeEntry } from '../../../src/ports/volume-tree.ts';
import { errorOfPromise } from '../../error-code.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { requires } from '../../require.ts';

const NEVER = new AbortController().signal;
const FILES = { 'execution/geth/nodekey': 'k'.repeat(64), 'execution/big': 'abcdefgh'.repeat(40_000), 'secret/empty': '' };

async function* entriesOf(files: Readonly<Record<string, string>>): AsyncGenerator<TreeEntry> {
  yield { path: 'execution', kind: 'folder', mode: 0o700, size: 0, content: bytesOf('') };
  for (const [path, text] of Object.entries(files)) yield { path, kind: 'file', mode: 0o600, size: text.length, content: bytesOf(text) };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536));
}

/** Everything an archive holds, read to its end. */
async function contents(file: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { path, kind, mode, content } of archiveFiles().read({ file }, NEVER)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    found[path] = kind === 'file' ? Buffer.concat(chunks).toString() : `${kind} ${mode.toString(8)}`;
  }
  return found;
}

async function archived(files: Readonly<Record<string, string>> = FILES): Promise<string> {
  const file = join(temporaryFolder(), 'a.tar.zst');
  await archiveFiles().write(entriesOf(files), { file }, NEVER);
  return file;
}

/** An archive of entries that our own writer would never make, with a list that fits them where `listed`. */
async function forged(headers: readonly object[], listed = true): Promise<string> {
  const [folder, archive] = [temporaryFolder(), pack()];
  const list = headers.map((header) => `${createHash('sha256').digest('hex')}  ${(header as { name: string }).name}\n`).join('');
  for (const header of headers) archive.entry(header as { name: string }, '');
  if (listed) archive.entry({ name: 'SHA256SUMS' }, list);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  writeFileSync(join(folder, 'a.tar'), Buffer.concat(chunks));
  expect(spawnSync('zstd', ['-q', join(folder, 'a.tar')]).status).toBe(0);
  return join(folder, 'a.tar.zst');
}

describe.skipIf(!(await requires('zstd')))('an archive', () => {
  test('holds what went in, and nobody else may read it', async () => {
    const file = join(temporaryFolder(), 'a.tar.zst');
    const written = await archiveFiles().write(entriesOf(FILES), { file }, NEVER);
    expect(await contents(file)).toEqual({ execution: 'folder 700', ...FILES });
    expect(written).toEqual({ files: 3, contentBytes: 64 + 320_000, archiveBytes: statSync(file).size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['a.tar.zst']);
  });

  test('can be checked with the tools of any machine', async () => {
    const file = await archived();
    const folder = join(file, '..');
    const checked = spawnSync('sh', ['-c', 'zstd -dcq a.tar.zst | tar -x && sha256sum --quiet -c SHA256SUMS'], { cwd: folder });
    expect([checked.status, checked.stderr.toString()]).toEqual([0, '']);
  });

  test('is broken wherever it is cut off', async () => {
    const file = await archived();
    const whole = readFileSync(file);
    for (const share of [0, 0.01, 0.3, 0.6, 0.9, 0.99]) {
      writeFileSync(file, whole.subarray(0, Math.floor(whole.length * share)));
      expect((await errorOfPromise(contents(file))).code).toBe('ARCHIVE_BROKEN');
    }
    writeFileSync(file, whole.subarray(0, -1));
    expect((await errorOfPromise(contents(file))).code).toBe('ARCHIVE_BROKEN');
  });

  test('is never taken for another one where a bit was turned', async () => {
    const file = await archived();
    const whole = readFileSync(file);
    const wholly = await contents(file);
    let refused = 0;
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 16)) {
      const turned = Buffer.from(whole);
      turned[at] = (turned[at] ?? 0) ^ 0x10;
      writeFileSync(file, turned);
      // A bit that means nothing to zstd changes nothing.
      const found = await contents(file).catch((error: NodectlError) => error.code);
      if (found === 'ARCHIVE_BROKEN') refused += 1;
      else expect(found).toEqual(wholly);
    }
    expect(refused).toBeGreaterThan(8);
  });

  test('is broken when what it holds does not fit its list', async () => {
    expect(await contents(await forged([{ name: 'execution/a' }]))).toEqual({ 'execution/a': '' });
    const nothing = await forged([], false);
    const listless = await forged([{ name: 'execution/a' }], false);
    const wrong = await forged([{ name: 'execution/a' }, { name: 'SHA256SUMS' }], false);
    const more = await forged([{ name: 'SHA256SUMS' }, { name: 'execution/a' }], false);
    for (const file of [nothing, listless, wrong, more]) expect((await errorOfPromise(contents(file))).code).toBe('ARCHIVE_BROKEN');
  });

  test('tells links and devices as what they are', async () => {
    const file = await forged([{ name: 'execution/l', type: 'symlink', linkname: '/etc/shadow' }], false);
    const kinds: string[] = [];
    await errorOfPromise(
      (async () => {
        for await (const { kind } of archiveFiles().read({ file }, NEVER)) kinds.push(kind);
      })(),
    );
    expect(kinds).toEqual(['other']);
  });

  test('is refused when it is something else, or nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'text'), 'hello'.repeat(1000));
    writeFileSync(join(folder, 'empty'), '');
    expect((await errorOfPromise(contents(join(folder, 'text')))).code).toBe('ARCHIVE_BROKEN');
    expect((await errorOfPromise(contents(join(folder, 'empty')))).code).toBe('ARCHIVE_BROKEN');
    expect((await errorOfPromise(contents(join(folder, 'absent')))).code).toBe('NO_SUCH_FILE');
    expect((await errorOfPromise(contents(folder))).code).toBe('ARCHIVE_BROKEN');
  });
});

describe.skipIf(!(await requires('zstd')))('writing an archive', () => {
  const write = (file: string, entries = entriesOf(FILES), signal = NEVER) => archiveFiles().write(entries, { file }, signal);

  test('leaves a file that exists as it is, also when it appears meanwhile', async () => {
    const file = join(temporaryFolder(), 'a');
    writeFileSync(file, 'precious');
    expect((await errorOfPromise(write(file))).code).toBe('HOST_REFUSED');
    const late = join(temporaryFolder(), 'b');
    const entries = (async function* () {
      yield* entriesOf(FILES);
      writeFileSync(late, 'precious');
    })();
    expect((await errorOfPromise(write(late, entries))).code).toBe('HOST_REFUSED');
    expect([readFileSync(file, 'utf8'), readFileSync(late, 'utf8')]).toEqual(['precious', 'precious']);
  });

  test('leaves nothing when its entries fail, whatever they throw', async () => {
    const folder = temporaryFolder();
    const entries = (async function* () {
      yield* entriesOf(FILES);
      throw new NodectlError('NODE_RUNNING', 'It runs.');
    })();
    expect((await errorOfPromise(write(join(folder, 'a'), entries))).code).toBe('NODE_RUNNING');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves nothing when it is interrupted', async () => {
    const folder = temporaryFolder();
    const interruption = new AbortController();
    const entries = (async function* () {
      yield* entriesOf(FILES);
      interruption.abort();
      yield* entriesOf({ 'execution/more': 'x'.repeat(3_000_000) });
    })();
    expect((await errorOfPromise(write(join(folder, 'a'), entries, interruption.signal))).code).toBe('INTERRUPTED');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is told when the disk is full', async () => {
    const fd = openSync('/dev/full', 'w');
    const { stream, done } = await compressTo(fd, NEVER);
    stream.end('x');
    await expect(done).rejects.toThrow(/No space left/);
    closeSync(fd);
  });

  test('needs a folder that exists', async () => {
    expect((await errorOfPromise(write(join(temporaryFolder(), 'absent', 'a')))).code).toBe('NO_SUCH_FILE');
  });

  test('sweeps what a killed run left, and nothing of one that still writes', async () => {
    const folder = temporaryFolder();
    const { pid } = spawnSync('true');
    const names = [
      `a.${hostname()}.${pid}.part`,
      'a.elsewhere.7.part',
      `a.${hostname()}.1.part`,
      'a.other.8.part',
      `ab.${hostname()}.${pid}.part`,
    ];
    for (const name of names) writeFileSync(join(folder, name), '');
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(join(folder, 'a.elsewhere.7.part'), hourAgo, hourAgo);
    await write(join(folder, 'a'));
    expect(names.filter((name) => existsSync(join(folder, name)))).toEqual(names.slice(2));
  });

  test('is refused where it may not write', async () => {
    // Not even root makes files there.
    expect((await errorOfPromise(write('/sys/archive'))).code).toBe('PERMISSION');
  });
});
