import { describe, expect, test, vi } from 'vitest';
import type { HostChanges } from '../../src/ports/host-changes.ts';
import { FakeFolders } from '../fakes/fake-folders.ts';
import { FakeLoops } from '../fakes/fake-loops.ts';
import { Killed } from '../fakes/fake-machine.ts';
import { upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

// Each run of the command line in process costs what a machine under load makes of it.
vi.setConfig({ testTimeout: 60_000 });

const CHAIN = { 'geth/nodekey': 'k'.repeat(64), 'geth/chaindata/1.sst': 'blocks', 'keystore/UTC--1': 'key', 'nodectl/x': 'x' };
const TO = {
  volume: ['--to', 'volume'],
  path: ['--to', 'path', '--path', '/mnt/big'],
  sized: ['--to', 'sized', '--storage', '2G'],
} as const;

/** A machine with a running dev node whose chain is known. */
async function machine() {
  const up = upWorld();
  const { engine, world, machine: host } = up;
  new FakeLoops(host).mountsOf(engine);
  const folders = new FakeFolders(engine, host);
  const locks = new Set<string>();
  const lock: HostChanges['lock'] = async (of = '') => {
    if (locks.has(of)) return undefined;
    locks.add(of);
    return () => void locks.delete(of);
  };
  const files = Object.defineProperty({ ...host.hostFiles }, 'uid', { get: () => host.uid });
  const status: typeof files.status = (path) =>
    ['/mnt/big', '/mnt/other', '/fake/x'].includes(path)
      ? { kind: 'folder', mode: 0o755, uid: 0, size: 0, allocated: 0 }
      : host.hostFiles.status(path);
  Object.assign(world, {
    folderMoves: async () => folders,
    hostFiles: async () => Object.assign(files, { status }),
    hostChanges: async () => ({ ...host.hostChanges, lock }),
  });
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await up.nodectl(...words, '--json');
    const text = stdout || stderr;
    const document = text.startsWith('{') ? JSON.parse(text) : { text };
    if (words[0] === 'storage' && text.startsWith('{')) validatesAgainst(stdout === '' ? 'error' : 'storage migrate', document);
    return { code, document, error: document.error?.code as string | undefined };
  };
  const migrate = (to: keyof typeof TO, ...more: readonly string[]) => run('storage', 'migrate', 'dev', ...TO[to], ...more);
  expect((await run('up', '--network', 'dev', '--memory', '700M')).code).toBe(0);
  const chain = () => {
    const found = [...(engine.volumes.get('nodectl-dev')?.files.entries() ?? [])];
    return Object.fromEntries(found.map(([path, { content }]) => [path, String(content)]));
  };
  for (const [path, content] of Object.entries(CHAIN)) {
    engine.volumes.get('nodectl-dev')?.files.set(path, { path, content, mode: 0o600, uid: 1000, gid: 1000 });
  }
  /** The process dies at the Nth act of a kind; whatever it tries then has no effect. */
  const dies = async (kind: 'engine' | 'host' | 'folders', at: number, ...words: readonly string[]) => {
    const die = () => {
      engine.dieAfter(0);
      host.killed = true;
      throw new Killed();
    };
    [host.acts, folders.acts] = [[], []];
    if (kind === 'engine') engine.dieAfter(at);
    if (kind === 'host') host.before = (_, index) => void (index >= at && die());
    if (kind === 'folders') folders.before = (_, index) => void (index >= at && die());
    const { code } = await up.nodectl(...words);
    engine.dieAfter();
    host.revive();
    folders.before = () => {};
    locks.clear();
    return code;
  };
  const node = () => engine.containers.get('nodectl-dev');
  return { ...up, host, folders, run, migrate, chain, dies, node };
}

describe('storage migrate', () => {
  test.each(['path', 'sized'] as const)(
    'moves the chain of a running node to %s, which goes on there, and keeps the old copy',
    async (to) => {
      const { migrate, chain, engine, node, run } = await machine();
      const before = node()?.id;
      const { code, document } = await migrate(to);
      expect(code).toBe(0);
      expect(document).toMatchObject({ node: 'dev', to, copy: { files: 4 }, kept: 'nodectl-dev.old', stop: { wasRunning: true } });
      expect(document.up.spec).toMatchObject({ network: 'dev', memory: 700 * 2 ** 20 });
      expect(chain()).toEqual(CHAIN);
      expect([node()?.running, node()?.id === before]).toEqual([true, false]);
      expect([...engine.containers.keys()]).toEqual(['nodectl-dev']);
      expect([...engine.volumes.keys()].sort()).toEqual(['nodectl-dev', 'nodectl-dev.old']);
      expect(engine.volumes.get('nodectl-dev.old')?.files.size).toBe(4);
      expect((await run('plan', '--name', 'dev')).document.steps).toEqual([]);
    },
  );

  test('goes round all places and back, one old copy at a time', async () => {
    const { migrate, chain, engine, run, folders, host } = await machine();
    const bare = [...folders.places.keys()];
    for (const to of ['path', 'sized', 'volume'] as const) {
      expect((await migrate(to)).code).toBe(0);
      expect(await migrate(to === 'path' ? 'sized' : 'path')).toMatchObject({ code: 4, error: 'STORAGE_FIXED' });
      expect((await run('storage', 'migrate', 'dev', '--drop-old', '--yes')).document.dropped).toBeTypeOf('string');
      expect(chain()).toEqual(CHAIN);
    }
    expect([...engine.volumes.keys()]).toEqual(['nodectl-dev']);
    expect(engine.volumes.get('nodectl-dev')?.options).toEqual({});
    expect([...folders.places.keys()].filter((place) => place.startsWith('/mnt'))).toEqual(bare);
    expect([...host.files.keys()].filter((path) => /nodectl-dev|moving/.test(path))).toEqual([]);
    expect((await run('storage', 'migrate', 'dev', '--drop-old', '--yes')).document.dropped).toBeNull();
  });

  test('is done once, however often it is asked, as long as the old copy is kept', async () => {
    const { migrate, run, node, engine } = await machine();
    await migrate('sized');
    const id = node()?.id;
    const again = await migrate('sized');
    expect([again.code, again.document.copy, node()?.id]).toEqual([0, null, id]);
    expect(await run('storage', 'migrate', 'dev', '--to', 'sized', '--storage', '3G')).toMatchObject({ error: 'STORAGE_FIXED' });
    await run('stop', 'dev');
    expect((await migrate('sized')).document).toMatchObject({ copy: null, up: null });
    expect(node()?.running).toBe(false);
    await engine.removeContainer('nodectl-dev', { force: true });
    expect((await migrate('sized')).document).toMatchObject({ copy: null, up: null });
    await run('storage', 'migrate', 'dev', '--drop-old', '--yes');
    expect(await migrate('sized')).toMatchObject({ code: 4, error: 'STORAGE_FIXED' });
  });

  test('leaves a stopped node stopped, and the next `up` needs no option', async () => {
    const { migrate, run, node, engine } = await machine();
    await run('stop', 'dev');
    expect((await migrate('path')).document).toMatchObject({ stop: null, up: null });
    expect(node()).toBeUndefined();
    expect((await run('up', '--name', 'dev')).document.spec.memory).toBe(700 * 2 ** 20);
    expect([...engine.containers.keys()]).toEqual(['nodectl-dev']);
  });

  test.each(['path', 'sized'] as const)(
    'to %s goes on wherever it was killed, and nothing is lost',
    async (to) => {
      for (const kind of ['engine', 'host', 'folders'] as const) {
        for (let at = kind === 'engine' ? 1 : 0; ; at++) {
          const { migrate, dies, chain, run, node, engine, folders } = await machine();
          const code = await dies(kind, at, 'storage', 'migrate', 'dev', ...TO[to]);
          if (code === 0) break;
          expect(at, kind).toBeLessThan(80);
          const unfinished = engine.containers.has('nodectl-dev.unfinished');
          if (unfinished) {
            expect(await run('up', '--name', 'dev')).toMatchObject({ error: 'UNFINISHED' });
            expect(await run('start', 'dev')).toMatchObject({ error: 'UNFINISHED' });
            expect(await run('down', 'dev', '--volumes', '--yes')).toMatchObject({ error: 'UNFINISHED' });
          } else if (node() !== undefined && engine.volumes.get('nodectl-dev')?.options === undefined) expect(chain()).toEqual(CHAIN);
          const copied = engine.volumes.has('nodectl-dev.old');
          expect(await migrate(to), `${kind} ${at}`).toMatchObject({ code: 0 });
          // Whoever copied all knew that the node was to run.
          if (copied) expect(node()?.running, `${kind} ${at}`).toBe(true);
          expect((await run('up', '--name', 'dev')).document.spec?.memory, `${kind} ${at}`).toBe(700 * 2 ** 20);
          expect(chain()).toEqual(CHAIN);
          expect(engine.volumes.get('nodectl-dev')?.options?.device, `${kind} ${at}`).toBeTypeOf('string');
          expect([[...engine.containers.keys()], folders.mounted]).toEqual([['nodectl-dev'], 0]);
        }
      }
    },
    120_000,
  );

  test.each(['volume', 'sized'] as const)(
    'to %s that was cut off for good leaves nothing after `down --volumes`',
    async (to) => {
      const { migrate, dies, run, engine, folders, host } = await machine();
      if (to === 'volume') {
        await migrate('path');
        await run('storage', 'migrate', 'dev', '--drop-old', '--yes');
      }
      await dies('folders', 1, 'storage', 'migrate', 'dev', ...TO[to]);
      expect([...engine.containers.keys()]).toEqual(['nodectl-dev']);
      expect((await run('down', 'dev', '--volumes', '--yes')).code).toBe(0);
      expect([[...engine.volumes.keys()], [...folders.places.keys()].filter((place) => place.startsWith('/mnt'))]).toEqual([[], []]);
      expect([...host.files.keys()].filter((path) => /nodectl-dev|moving/.test(path))).toEqual([]);
      expect([...host.links.keys()]).toEqual([]);
    },
    60_000,
  );

  test('back to a volume goes on wherever it was killed', async () => {
    for (const kind of ['engine', 'folders'] as const) {
      for (let at = kind === 'engine' ? 1 : 0; ; at++) {
        const { migrate, dies, chain, run, engine } = await machine();
        await migrate('path');
        await run('storage', 'migrate', 'dev', '--drop-old', '--yes');
        if ((await dies(kind, at, 'storage', 'migrate', 'dev', '--to', 'volume')) === 0) break;
        expect(at, kind).toBeLessThan(80);
        expect(await migrate('volume'), `${kind} ${at}`).toMatchObject({ code: 0 });
        expect((await run('up', '--name', 'dev')).document.spec?.memory, `${kind} ${at}`).toBe(700 * 2 ** 20);
        expect([chain(), engine.volumes.get('nodectl-dev')?.options ?? {}]).toEqual([CHAIN, {}]);
        expect([...engine.volumes.keys()].sort()).toEqual(['nodectl-dev', 'nodectl-dev.old']);
      }
    }
  }, 120_000);

  test('copies again what a disk gave back wrongly, and gives up when it does so twice', async () => {
    const { migrate, folders, chain } = await machine();
    folders.spoiled.push('geth/nodekey', 'geth/nodekey');
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'HOST_REFUSED' });
    expect(chain()).toEqual(CHAIN);
    expect((await migrate('path')).code).toBe(0);
    expect(chain()).toEqual(CHAIN);
  });

  test('does not switch to a copy of a node that was started meanwhile', async () => {
    const { migrate, folders, engine, chain, node } = await machine();
    folders.before = (act) => {
      if (act === 'compare') void engine.startContainer('nodectl-dev');
    };
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'CONVERGENCE_FAILED' });
    expect([node()?.running, chain(), [...engine.containers.keys()]]).toEqual([true, CHAIN, ['nodectl-dev']]);
  });

  test('stops nothing for what cannot be', async () => {
    const { run, migrate, folders, host, node, engine } = await machine();
    const attempt = (...words: readonly string[]) => run('storage', 'migrate', 'dev', ...words);
    expect(await migrate('volume')).toMatchObject({ error: 'STORAGE_FIXED' });
    expect(await attempt('--to', 'path')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'path', '--path', 'mnt')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'path', '--path', '/mnt/../etc')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'path', '--path', '/fake/x')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'path', '--path', '/absent')).toMatchObject({ code: 5, error: 'NO_SUCH_FILE' });
    expect(await attempt('--to', 'sized')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'sized', '--storage', '1M')).toMatchObject({ code: 4, error: 'DISK_FULL' });
    expect(await attempt('--to', 'volume', '--storage', '1G')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'moon')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt()).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await attempt('--to', 'volume', '--drop-old')).toMatchObject({ code: 2, error: 'USAGE' });
    expect(await run('storage', 'migrate', 'other', '--to', 'volume')).toMatchObject({ code: 5, error: 'NO_SUCH_NODE' });
    host.change({ free: 2 ** 20 });
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'DISK_FULL' });
    host.become(1000);
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'PERMISSION' });
    engine.facts = { ...engine.facts, local: false };
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'STORAGE_IMPOSSIBLE' });
    expect([node()?.running, folders.acts]).toEqual([true, []]);
  });

  test('touches no folder that holds something of somebody else', async () => {
    const { migrate, folders, chain } = await machine();
    folders.make('/mnt/big/nodectl-dev');
    folders.places.get('/mnt/big/nodectl-dev')?.set('precious', { path: 'precious', content: 'x', mode: 0o600, uid: 0, gid: 0 });
    expect(await migrate('path')).toMatchObject({ code: 4, error: 'HOST_REFUSED' });
    expect([...(folders.places.get('/mnt/big/nodectl-dev')?.keys() ?? [])]).toEqual(['precious']);
    expect(chain()).toEqual(CHAIN);
  });

  test('is followed by `down --volumes`, which leaves neither copy', async () => {
    const { migrate, run, engine, folders, host } = await machine();
    await migrate('path');
    expect((await run('down', 'dev', '--volumes', '--yes')).code).toBe(0);
    expect([[...engine.volumes.keys()], [...engine.containers.keys()], [...folders.places.keys()]]).toEqual([[], [], []]);
    expect([...host.files.keys()].filter((path) => /nodectl-dev|moving/.test(path))).toEqual([]);
  });
});
