import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { archiveFiles } from '../../src/adapters/archive/archive-files.ts';
import { type Manifest, manifestText } from '../../src/node/archive/manifest.ts';
import { readSpec } from '../../src/node/spec.ts';
import type { TreeEntry } from '../../src/ports/volume-tree.ts';
import { Killed } from '../fakes/faulty-calls.ts';
import { upWorld } from '../fakes/up-world.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';

// Each run of the command line in process costs what a machine under load makes of it.
vi.setConfig({ testTimeout: 60_000 });

const KEY = 'k'.repeat(64);

/** One machine in memory; archives are real files. */
function machine() {
  const up = upWorld();
  const locks = new Set<string>();
  const lock = async (of = '') => {
    if (locks.has(of)) return undefined;
    locks.add(of);
    return () => void locks.delete(of);
  };
  Object.assign(up.world, { archives: async () => archiveFiles(), hostChanges: async () => ({ lock }) });
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await up.nodectl(...words, '--json');
    const text = stdout || stderr;
    const document = text.startsWith('{') ? JSON.parse(text) : { text };
    if (['import', 'export'].includes(words[0] ?? '')) validatesAgainst(stdout === '' ? 'error' : (words[0] ?? ''), document);
    return { code, document, error: document.error?.code as string | undefined };
  };
  const file = (volume: string, path: string) => {
    const found = up.engine.volumes.get(volume)?.files.get(path);
    return found && Buffer.from(found.content).toString();
  };
  const put = (volume: string, path: string, content: string) =>
    up.engine.volumes.get(volume)?.files.set(path, { path, content, mode: 0o600, uid: 1000, gid: 1000 });
  /** Runs until the Nth call to the engine, and is gone then. */
  const dies = async (calls: number, ...words: readonly string[]) => {
    up.engine.dieAfter(calls);
    const { code } = await up.nodectl(...words);
    up.engine.dieAfter();
    locks.clear();
    return code;
  };
  return { ...up, run, file, put, dies, locks };
}

/** A machine with a dev node that ran once, and where its archive is to be. */
async function devMachine() {
  const made = machine();
  expect((await made.run('up', '--network', 'dev', '--memory', '700M')).code).toBe(0);
  for (const path of ['geth/nodekey', 'geth/chaindata/000001.sst', 'keystore/UTC--1', 'geth/nodes/1.log', 'geth/LOCK', 'geth.ipc']) {
    made.put('nodectl-dev', path, path === 'geth/nodekey' ? KEY : `${path}!`);
  }
  return { ...made, archive: join(temporaryFolder(), 'dev.tar.zst') };
}

async function devArchive(): Promise<string> {
  const { run, archive } = await devMachine();
  expect((await run('export', archive, 'dev', '--stop')).code).toBe(0);
  return archive;
}

const state = ({ engine }: ReturnType<typeof machine>) => ({
  containers: [...engine.containers.keys()].sort(),
  volumes: [...engine.volumes.keys()].sort(),
});

const NOTHING = { containers: [], volumes: [] };

async function forged(entries: readonly Partial<TreeEntry>[], change: Partial<Manifest> = {}): Promise<string> {
  const file = join(temporaryFolder(), 'forged');
  const manifest: Manifest = {
    ...{ format: 'nodectl-archive', v: 1, nodectl: '0.4.0', made: '', node: 'dev', spec: null, chain: true },
    volumes: [{ part: 'execution', labels: {} }],
  };
  const text = manifestText({ ...manifest, ...change });
  const bytes = async function* (content: string) {
    yield Buffer.from(content);
  };
  const all = (async function* (): AsyncGenerator<TreeEntry> {
    yield { path: 'nodectl.json', kind: 'file', mode: 0o600, size: text.length, content: bytes(text) };
    for (const entry of entries) yield { path: '', kind: 'file', mode: 0o600, size: 1, content: bytes('x'), ...entry };
  })();
  await archiveFiles().write(all, { file }, new AbortController().signal);
  return file;
}

describe.skipIf(!(await requires('zstd')))('export', () => {
  test('packs keys, configuration and the chain that is its own, and leaves the node stopped', async () => {
    const { run, engine, archive } = await devMachine();
    const { code, document } = await run('export', archive, 'dev', '--stop');
    expect(code).toBe(0);
    expect(document).toMatchObject({ node: 'dev', file: archive, chain: true, files: 3, stop: { wasRunning: true }, notes: [] });
    expect(engine.containers.get('nodectl-dev')?.running).toBe(false);
    expect([...engine.containers.keys()]).toEqual(['nodectl-dev']);
    const paths: string[] = [];
    for await (const entry of archiveFiles().read({ file: archive }, new AbortController().signal))
      if (entry.kind === 'file') paths.push(entry.path);
    expect(paths.sort()).toEqual([
      'execution/geth/chaindata/000001.sst',
      'execution/geth/nodekey',
      'execution/keystore/UTC--1',
      'nodectl.json',
    ]);
  });

  test('packs no chain that others have, unless asked', async () => {
    const { run, put, archive, engine } = await devMachine();
    await run('down', 'dev');
    const volume = engine.volumes.get('nodectl-dev');
    engine.volumes.set('nodectl-pub', { ...volume, name: 'nodectl-pub', labels: { 'nodectl.node': 'pub' } } as never);
    put('nodectl-pub', 'nodectl/chain.json', '{}');
    const keys = await run('export', archive, 'pub');
    expect(keys.document).toMatchObject({ chain: false, files: 3, stop: null });
    expect((await run('export', `${archive}.2`, 'pub', '--chain')).document).toMatchObject({ chain: true, files: 4 });
  });

  test('refuses a node that runs, and stops none whose archive cannot be made', async () => {
    const { run, engine, archive } = await devMachine();
    expect(await run('export', archive)).toMatchObject({ code: 4, error: 'NODE_RUNNING' });
    copyFileSync('package.json', archive);
    expect(await run('export', archive, '--stop')).toMatchObject({ code: 4, error: 'HOST_REFUSED' });
    expect(await run('export', join(archive, 'x', 'y'), '--stop')).toMatchObject({ code: 5, error: 'NO_SUCH_FILE' });
    expect(engine.containers.get('nodectl-dev')?.running).toBe(true);
    expect(await run('export', archive, 'other')).toMatchObject({ code: 5, error: 'NO_SUCH_NODE' });
    expect(await run('export', '-', 'dev', '--stop')).toMatchObject({ code: 2, error: 'USAGE' });
  });

  test('makes no archive of a node that was started under its hands', async () => {
    const { run, engine, archive } = await devMachine();
    await run('stop', 'dev');
    const read = engine.readTree.bind(engine);
    engine.readTree = async function* (request) {
      await engine.startContainer('nodectl-dev');
      yield* read(request);
    };
    expect(await run('export', archive, 'dev')).toMatchObject({ code: 4, error: 'CONVERGENCE_FAILED' });
    expect(readdirSync(join(archive, '..'))).toEqual([]);
  });

  test('leaves nothing half made when it is killed at any call, and then makes the archive', async () => {
    const made = await devMachine();
    const { run, dies, archive } = made;
    for (let calls = 1; ; calls++) {
      if ((await dies(calls, 'export', archive, 'dev', '--stop')) === 0) break;
      expect(readdirSync(join(archive, '..'))).toEqual([]);
      expect(calls).toBeLessThan(40);
    }
    expect((await run('import', archive, '--name', 'copy')).code).toBe(0);
  });
});

describe.skipIf(!(await requires('zstd')))('import', () => {
  test('makes the volumes anew on another machine, where `up` needs no option', async () => {
    const archive = await devArchive();
    const other = machine();
    const { code, document } = await other.run('import', archive);
    expect(code).toBe(0);
    expect(document).toMatchObject({ node: 'dev', network: 'dev', chain: true, hasSpec: true, volumes: ['nodectl-dev'], files: 3 });
    expect(other.engine.volumes.get('nodectl-dev')).toMatchObject({ owner: '1000:1000 700', labels: { 'nodectl.network': 'dev' } });
    expect([...other.engine.containers.values()].some(({ running }) => running)).toBe(false);
    expect((await other.run('up', '--name', 'dev')).document.spec).toMatchObject({ network: 'dev', memory: 700 * 2 ** 20 });
    expect([other.file('nodectl-dev', 'geth/nodekey'), other.file('nodectl-dev', 'keystore/UTC--1')]).toEqual([KEY, 'keystore/UTC--1!']);
    expect(state(other)).toEqual({ containers: ['nodectl-dev'], volumes: ['nodectl-dev'] });
    expect((await other.run('plan', '--name', 'dev')).document.steps).toEqual([]);
  });

  test('of a node that was itself imported, and never started, needs no `up` in between', async () => {
    const [archive, middle, other] = [await devArchive(), machine(), machine()];
    await middle.run('import', archive);
    expect((await middle.run('export', `${archive}.2`, 'dev')).document).toMatchObject({ chain: true, stop: null });
    expect((await other.run('import', `${archive}.2`)).document.hasSpec).toBe(true);
    expect((await other.run('up', '--name', 'dev')).document.spec.memory).toBe(700 * 2 ** 20);
  });

  test('gives the node another name', async () => {
    const other = machine();
    expect((await other.run('import', await devArchive(), '--name', 'copy')).document).toMatchObject({
      node: 'copy',
      from: { node: 'dev' },
    });
    const carrier = other.engine.containers.get('nodectl-copy.next');
    expect(readSpec(carrier?.observed.labels ?? {})).toMatchObject({ network: 'dev', image: { id: '' } });
    expect(other.engine.volumes.get('nodectl-copy')?.labels).toMatchObject({ 'nodectl.node': 'copy', 'nodectl.role': 'execution' });
    expect(await other.run('import', await devArchive(), '--name', '../x')).toMatchObject({ code: 2, error: 'INVALID_NAME' });
  });

  test('never touches a node that exists, in whatever state', async () => {
    const archive = await devArchive();
    const { run, engine, file, put } = await devMachine();
    put('nodectl-dev', 'geth/nodekey', 'mine');
    for (const before of [[], ['stop', 'dev'], ['down', 'dev']]) {
      if (before.length > 0) await run(...before);
      expect(await run('import', archive)).toMatchObject({ code: 4, error: 'NAME_TAKEN' });
      expect(file('nodectl-dev', 'geth/nodekey')).toBe('mine');
    }
    await engine.createVolume({ name: 'nodectl-theirs', labels: {} });
    expect(await run('import', archive, '--name', 'theirs')).toMatchObject({ code: 4, error: 'NAME_TAKEN' });
    expect((await run('import', archive, '--name', 'once')).code).toBe(0);
    expect(await run('import', archive, '--name', 'once')).toMatchObject({ code: 4, error: 'NAME_TAKEN' });
  });

  test('leaves nothing of an archive that is cut off or changed', async () => {
    const archive = await devArchive();
    const size = readFileSync(archive).length;
    for (const share of [0.1, 0.5, 0.95]) {
      copyFileSync(archive, `${archive}.cut`);
      truncateSync(`${archive}.cut`, Math.floor(size * share));
      const other = machine();
      expect(await other.run('import', `${archive}.cut`)).toMatchObject({ code: 4, error: 'ARCHIVE_BROKEN' });
      expect(state(other)).toEqual(NOTHING);
    }
  });

  test.each([
    ['a path that leads out', 'execution/../../etc/cron.d/x'],
    ['an absolute path', '/etc/passwd'],
    ['a part that was not announced', 'secret/jwt.hex'],
    ['a file in place of a volume', 'execution'],
  ])('leaves nothing of an archive with %s', async (_, path) => {
    const other = machine();
    const file = await forged([{ path: 'execution/good' }, { path }]);
    expect(await other.run('import', file)).toMatchObject({ code: 4, error: 'ARCHIVE_UNSAFE' });
    expect(state(other)).toEqual(NOTHING);
  });

  test('makes nothing at all of what is no archive, or one of a later nodectl', async () => {
    const other = machine();
    expect(await other.run('import', 'package.json')).toMatchObject({ code: 4, error: 'ARCHIVE_BROKEN' });
    expect(await other.run('import', '/absent/file')).toMatchObject({ code: 5, error: 'NO_SUCH_FILE' });
    expect(other.engine.calls).not.toContain('createContainer');
  });

  test('is refused while another import of the same node is at work', async () => {
    const [archive, other] = [await devArchive(), machine()];
    other.locks.add('import-dev');
    expect(await other.run('import', archive)).toMatchObject({ code: 4, error: 'UNFINISHED' });
    expect(state(other)).toEqual(NOTHING);
  });

  test('that is killed at any call lets nothing else begin, and begins again itself', async () => {
    const archive = await devArchive();
    for (let calls = 1; ; calls++) {
      const other = machine();
      const code = await other.dies(calls, 'import', archive);
      if (code === 0) break;
      expect(calls).toBeLessThan(40);
      const whole = state(other).containers.includes('nodectl-dev.next');
      const begun = other.engine.volumes.size > 0;
      if (begun && !whole) {
        expect(await other.run('up', '--name', 'dev')).toMatchObject({ code: 4, error: 'UNFINISHED' });
        expect(await other.run('down', 'dev')).toMatchObject({ code: 4, error: 'UNFINISHED' });
      }
      expect((await other.run('import', archive)).error).toBe(whole ? 'NAME_TAKEN' : undefined);
      expect((await other.run('up', '--name', 'dev')).document.spec.memory).toBe(700 * 2 ** 20);
      expect(state(other)).toEqual({ containers: ['nodectl-dev'], volumes: ['nodectl-dev'] });
      expect(
        createHash('sha256')
          .update(other.file('nodectl-dev', 'geth/nodekey') ?? '')
          .digest('hex'),
      ).toBe(createHash('sha256').update(KEY).digest('hex'));
    }
  });

  test('that was killed is removed by `down --volumes`', async () => {
    const [archive, other] = [await devArchive(), machine()];
    await other.dies(6, 'import', archive);
    expect(state(other).containers).toContain('nodectl-dev.unfinished');
    expect((await other.run('down', 'dev', '--volumes', '--yes')).code).toBe(0);
    expect(state(other)).toEqual(NOTHING);
  });

  test('does not take a kill for an error of its own', async () => {
    const other = machine();
    other.engine.dieAfter(0);
    await expect(other.engine.list()).rejects.toBeInstanceOf(Killed);
  });
});
