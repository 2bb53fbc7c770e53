import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderMoves } from '../../../src/adapters/folder-moves/folder-moves.ts';
import type { TreeEntry } from '../../../src/ports/volume-tree.ts';
import { errorOf, errorOfPromise } from '../../error-code.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { requires } from '../../require.ts';

const NEVER = new AbortController().signal;
const quiet = () => {};
const { compare, copy, fill, isEmpty, make, size, swap, tree, withMount } = folderMoves();

/** A folder as geth has it, and an empty one beside it. */
function chain() {
  const root = temporaryFolder();
  const [from, to] = [join(root, 'from'), join(root, 'to')];
  for (const folder of ['', 'geth', 'geth/chaindata', 'keystore', 'empty']) mkdirSync(join(from, folder));
  writeFileSync(join(from, 'geth/nodekey'), 'k'.repeat(64), { mode: 0o600 });
  writeFileSync(join(from, 'geth/chaindata/1.sst'), Buffer.alloc(3_000_000, 'abc'));
  writeFileSync(join(from, 'geth/chaindata/2.sst'), '');
  symlinkSync('geth/nodekey', join(from, 'link'));
  mkdirSync(join(from, 'lost+found'));
  mkdirSync(to);
  chmodSync(join(from, 'keystore'), 0o700);
  utimesSync(join(from, 'geth/nodekey'), 1_700_000_000.123, 1_700_000_000.456);
  utimesSync(join(from, 'geth'), 1_600_000_000, 1_600_000_000);
  return { from, to };
}

describe('the tree of a folder', () => {
  const seen = async (folder: string, ...paths: readonly string[]) => {
    const found: (readonly [string, string, string])[] = [];
    for await (const { path, kind, content } of tree({ part: 'execution', folder, paths })) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      found.push([path, kind, Buffer.concat(chunks).toString().slice(0, 3)]);
    }
    return found;
  };

  test('is what is at the paths that are wanted and exist', async () => {
    const { from } = chain();
    expect(await seen(from, 'geth/nodekey', 'keystore', 'absent', 'absent/too')).toEqual([
      ['execution/geth/nodekey', 'file', 'kkk'],
      ['execution/keystore', 'folder', ''],
    ]);
    const all = await seen(from, '');
    expect(all[0]).toEqual(['execution', 'folder', '']);
    expect(all).toContainEqual(['execution/geth/chaindata/1.sst', 'file', 'abc']);
    expect(all).toContainEqual(['execution/link', 'other', '']);
    expect(all.map(([path]) => path)).not.toContain('execution/lost+found');
  });

  test('never leads through a link', async () => {
    const { from, to } = chain();
    symlinkSync(join(from, 'geth'), join(to, 'geth'));
    expect(await seen(to, 'geth/nodekey')).toEqual([]);
    expect(await seen(to, '')).toEqual([
      ['execution', 'folder', ''],
      ['execution/geth', 'other', ''],
    ]);
  });
});

describe('filling a folder', () => {
  const filled = (to: string, entries: AsyncIterable<TreeEntry>) =>
    fill({ parts: [{ part: 'execution', folder: to }], entries, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
  const entries = async function* (...paths: readonly string[]): AsyncGenerator<TreeEntry> {
    for (const path of paths) {
      const of = async function* () {
        yield Buffer.from('x');
      };
      yield { path, kind: 'file', mode: 0o640, size: 1, content: of() };
    }
  };

  test('makes what the tree of another has, with its modes, and the folders above it', async () => {
    const { from, to } = chain();
    rmSync(join(from, 'link'));
    await filled(to, tree({ part: 'execution', folder: from, paths: ['keystore', 'geth/nodekey', 'geth/chaindata'] }));
    expect(readFileSync(join(to, 'geth/nodekey'), 'utf8')).toBe('k'.repeat(64));
    expect(readFileSync(join(to, 'geth/chaindata/1.sst')).equals(readFileSync(join(from, 'geth/chaindata/1.sst')))).toBe(true);
    expect([statSync(join(to, 'keystore')).mode & 0o777, statSync(join(to, 'geth')).mode & 0o777]).toEqual([0o700, 0o700]);
  });

  test('opens nothing that is there, and leaves the folder by no path', async () => {
    const { from, to } = chain();
    symlinkSync(join(from, 'geth/nodekey'), join(to, 'planted'));
    expect(await errorOfPromise(filled(to, entries('execution/planted')))).toMatchObject({ code: 'HOST_REFUSED' });
    expect(readFileSync(join(from, 'geth/nodekey'), 'utf8')).toBe('k'.repeat(64));
    for (const path of ['execution/../x', 'other/x', 'execution//x', '/x']) {
      expect(await errorOfPromise(filled(to, entries(path)))).toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    }
    expect(existsSync(join(to, '../x'))).toBe(false);
  });
});

describe('copying a folder', () => {
  test('makes another that is the same, times and modes included', async () => {
    const { from, to } = chain();
    const told: number[] = [];
    expect(await copy(from, to, ({ done, total }) => void told.push(done / total), NEVER)).toEqual({ files: 3, bytes: 3_000_064 });
    expect(await compare(from, to, quiet, NEVER)).toEqual([]);
    expect(readdirSync(to).sort()).toEqual(['empty', 'geth', 'keystore', 'link']);
    expect(readlinkSync(join(to, 'link'))).toBe('geth/nodekey');
    expect([statSync(join(to, 'geth/nodekey')).mode & 0o777, statSync(join(to, 'keystore')).mode & 0o777]).toEqual([0o600, 0o700]);
    for (const path of ['geth', 'geth/nodekey']) {
      expect(statSync(join(to, path)).mtimeMs).toBeCloseTo(statSync(join(from, path)).mtimeMs, 1);
    }
    expect(told.at(-1)).toBe(1);
    expect(size(to)).toEqual({ files: 3, bytes: 3_000_064 });
  });

  test('goes on where an earlier run was cut off, and removes what is not in the first', async () => {
    const { from, to } = chain();
    await copy(from, to, quiet, NEVER);
    const whole = statSync(join(to, 'geth/chaindata/1.sst')).ino;
    writeFileSync(join(to, 'geth/nodekey'), 'half');
    writeFileSync(join(to, 'geth/chaindata/1.sst.nodectl-part'), 'half');
    writeFileSync(join(to, 'geth/chaindata/9.sst'), 'of an older state');
    rmSync(join(to, 'keystore'), { recursive: true });
    rmSync(join(to, 'empty'), { recursive: true });
    writeFileSync(join(to, 'empty'), 'a file where a folder belongs');
    await copy(from, to, quiet, NEVER);
    expect(await compare(from, to, quiet, NEVER)).toEqual([]);
    expect(statSync(join(to, 'geth/chaindata/1.sst')).ino).toBe(whole);
  });

  test('leaves sockets behind', async () => {
    const { from, to } = chain();
    const server = createServer().listen(join(from, 'geth.ipc'));
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    await copy(from, to, quiet, NEVER);
    expect(existsSync(join(to, 'geth.ipc'))).toBe(false);
    expect(await compare(from, to, quiet, NEVER)).toEqual([]);
  });

  test('ends when the person interrupts', async () => {
    const { from, to } = chain();
    const interruption = new AbortController();
    interruption.abort();
    expect((await errorOfPromise(copy(from, to, quiet, interruption.signal))).code).toBe('INTERRUPTED');
    expect((await errorOfPromise(compare(from, to, quiet, interruption.signal))).code).toBe('INTERRUPTED');
  });

  test('says when there is nothing to copy, or nowhere to', async () => {
    const { from, to } = chain();
    expect((await errorOfPromise(copy(join(from, 'absent'), to, quiet, NEVER))).code).toBe('HOST_REFUSED');
  });
});

describe('comparing folders', () => {
  test('finds a byte that differs, a mode, a file that is missing and one too many', async () => {
    const { from, to } = chain();
    await copy(from, to, quiet, NEVER);
    const changed = readFileSync(join(to, 'geth/chaindata/1.sst'));
    changed[2_999_999] = 0;
    const { atime, mtime } = statSync(join(to, 'geth/chaindata/1.sst'));
    writeFileSync(join(to, 'geth/chaindata/1.sst'), changed);
    utimesSync(join(to, 'geth/chaindata/1.sst'), atime, mtime);
    chmodSync(join(to, 'geth/nodekey'), 0o644);
    rmSync(join(to, 'geth/chaindata/2.sst'));
    writeFileSync(join(to, 'geth/more'), '');
    const found = await compare(from, to, quiet, NEVER);
    expect([...found].sort()).toEqual(['geth/chaindata/1.sst', 'geth/chaindata/2.sst', 'geth/more', 'geth/nodekey']);
  });
});

describe('giving a folder another place', () => {
  test('is one act over an empty one', async () => {
    const { from, to } = chain();
    const { ino } = lstatSync(from);
    expect([isEmpty(from), isEmpty(to), isEmpty(join(to, 'absent'))]).toEqual([false, true, true]);
    swap(from, to);
    expect([isEmpty(from), isEmpty(to), lstatSync(to).ino]).toEqual([true, false, ino]);
  });

  test('never replaces one that holds something', () => {
    const { from, to } = chain();
    writeFileSync(join(to, 'precious'), '');
    expect(errorOf(() => swap(from, to)).code).toBe('HOST_REFUSED');
    expect([isEmpty(from), isEmpty(to)]).toEqual([false, false]);
  });

  test('is made for its owner alone', () => {
    const folder = join(temporaryFolder(), 'a/b');
    make(folder, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

describe.skipIf(!(await requires('loop')))('a mount of this process alone', () => {
  function device(): string {
    const image = join(temporaryFolder(), 'image');
    writeFileSync(image, '');
    for (const words of [
      ['truncate', '-s', '32M', image],
      ['mkfs.ext4', '-q', '-F', image],
    ]) {
      expect(spawnSync(words[0] as string, words.slice(1)).status).toBe(0);
    }
    const made = spawnSync('losetup', ['--find', '--show', image]).stdout.toString().trim();
    onTestFinished(() => void spawnSync('losetup', ['-d', made]));
    return made;
  }
  const mounts = (of: string) => readFileSync('/proc/mounts', 'utf8').includes(of);

  test('shows what is on a device, and nobody else sees it', async () => {
    const made = device();
    const { from } = chain();
    await withMount(made, async (folder) => {
      expect(mounts(made)).toBe(false);
      await copy(from, folder, quiet, NEVER);
    });
    const differing = await withMount(made, (folder) => compare(from, folder, quiet, NEVER));
    expect(differing).toEqual([]);
    expect((await errorOfPromise(withMount('/dev/null', async () => {}))).code).toBe('HOST_REFUSED');
  });

  test('is gone when its process is killed', async () => {
    const made = device();
    const program = join(temporaryFolder(), 'hold.mjs');
    await build({
      ...{ outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
      stdin: {
        resolveDir: fileURLToPath(new URL('../../../src/adapters/folder-moves', import.meta.url)),
        contents: `import { withPrivateMount } from './private-mount.ts';
          withPrivateMount(process.argv[2], () => { process.stdout.write('here'); return new Promise(() => setInterval(() => {}, 1000)); });`,
      },
    });
    const child = spawn(process.execPath, [program, made]);
    await once(child.stdout, 'data');
    expect(spawnSync('mkfs.ext4', ['-q', '-F', made]).status).not.toBe(0);
    child.kill('SIGKILL');
    const deadline = Date.now() + 10_000;
    while (spawnSync('mkfs.ext4', ['-q', '-F', made]).status !== 0) expect(Date.now()).toBeLessThan(deadline);
  });
});
