import { describe, expect, test } from 'vitest';
import { LABEL_STORAGE } from '../../src/node/labels.ts';
import { GIB } from '../../src/node/size.ts';
import { FakeLoops } from '../fakes/fake-loops.ts';
import { Killed } from '../fakes/fake-machine.ts';
import { upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

const IMAGE = '/fake/nodectl/nodectl-dev.img';
const UP = ['up', '--network', 'dev', '--memory', '1G'];

/** A machine that can make filesystems in files, with an engine on it. */
function able() {
  const world = upWorld();
  const loops = new FakeLoops(world.machine);
  loops.mountsOf(world.engine);
  const bare = world.machine.state();
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await world.nodectl(...words, '--json');
    const document = JSON.parse(stdout === '' ? stderr : stdout);
    validatesAgainst(stdout === '' ? 'error' : words[0] === 'storage' ? words.slice(0, 2).join(' ') : (words[0] ?? ''), document);
    return { code, document, steps: (document.steps ?? []).map(({ kind, id }: { kind?: string; id?: string }) => kind ?? id) };
  };
  return { ...world, world, loops, run, bare, state: () => world.machine.state() };
}

describe('up --storage', () => {
  test('makes a filesystem of that size, and the volume on it, before anything is mounted', async () => {
    const { run, engine, loops } = able();
    const { code, document, steps } = await run(...UP, '--storage', '2G');
    expect(code).toBe(0);
    expect(steps.slice(-5)).toEqual(['provide-storage', 'create-volume', 'prepare-volume', 'create-container', 'start-container']);
    expect(document.storage).toEqual({
      wanted: 2 * GIB,
      mode: 'sized',
      enforcement: 'sized filesystem',
      held: 2 * GIB,
      source: expect.any(String),
    });
    expect(engine.volumes.get('nodectl-dev')).toMatchObject({
      options: { type: 'ext4', device: '/dev/nodectl/nodectl-dev', o: 'noatime,noinit_itable' },
    });
    expect(engine.volumes.get('nodectl-dev')?.labels[LABEL_STORAGE]).toContain(IMAGE);
    expect(loops.filesystem(IMAGE)).toBe(2 * GIB);
    for (const command of ['status', 'inspect'])
      expect((await run(command)).document.storage).toMatchObject({ enforcement: 'sized filesystem' });
  });

  test('again finds nothing to do, with and without the size', async () => {
    const { run } = able();
    await run(...UP, '--storage', '2G');
    expect(await run(...UP, '--storage', '2G')).toMatchObject({ code: 0, steps: [] });
    expect(await run('up', '--name', 'dev')).toMatchObject({ code: 0, steps: [] });
  });

  test('of more grows it under the running geth, and of less is refused', async () => {
    const { run, loops, engine } = able();
    await run(...UP, '--storage', '2G');
    const before = engine.containers.get('nodectl-dev')?.id;
    expect((await run(...UP, '--storage', '3G')).steps).toEqual(['provide-storage']);
    expect(loops.filesystem(IMAGE)).toBe(3 * GIB);
    expect(engine.containers.get('nodectl-dev')?.id).toBe(before);
    expect(await run(...UP, '--storage', '2G')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
  });

  test('takes nothing over of a volume that was removed by other means', async () => {
    const { run, loops, engine, state } = able();
    await run(...UP, '--storage', '2G');
    await run('down', 'dev');
    engine.volumes.clear();
    loops.used.add(IMAGE);
    const before = state();
    expect(await run(...UP, '--storage', '2G')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
    expect([state(), engine.volumes.size]).toEqual([before, 0]);
  });

  test('in a dry run tells what keeps the size, and makes nothing', async () => {
    const { run, bare, state } = able();
    const { document } = await run(...UP, '--storage', '2G', '--dry-run');
    expect(document.storage).toMatchObject({ enforcement: 'sized filesystem', held: null });
    expect(state()).toBe(bare);
  });

  test.each([
    [4, 'STORAGE_IMPOSSIBLE', ['--storage', '61G']],
    [4, 'STORAGE_IMPOSSIBLE', ['--storage', '2G', '--storage-mode', 'quota']],
    [4, 'STORAGE_IMPOSSIBLE', ['--storage', '2G', '--storage-mode', 'driver']],
    [2, 'INVALID_SIZE', ['--storage', '100M']],
    [2, 'USAGE', ['--storage-mode', 'sized']],
    [2, 'USAGE', ['--storage', '2G', '--storage-mode', 'none']],
  ])('is refused with %i %s: %j', async (code, error, words) => {
    const { run, bare, state, engine } = able();
    expect(await run(...UP, ...words)).toMatchObject({ code, document: { error: { code: error } } });
    expect([state(), engine.volumes.size]).toEqual([bare, 0]);
  });

  test('says that nothing is enforced where only a watchdog is left', async () => {
    const { run, machine, engine } = able();
    machine.become(1000);
    const { code, document } = await run(...UP, '--storage', '2G');
    expect([code, document.storage.mode, document.storage.enforcement]).toEqual([0, 'watchdog', 'not enforced']);
    expect(engine.volumes.get('nodectl-dev')?.options ?? {}).toEqual({});
    machine.become(0);
    expect(await run('up', '--name', 'dev')).toMatchObject({ code: 0, steps: [] });
    expect(await run(...UP, '--storage-mode', 'sized')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
  });

  test('takes the quota of the disk where it has one', async () => {
    const { run, machine, engine } = able();
    machine.change({ type: 'xfs', options: ['rw', 'prjquota'], total: 2 * GIB });
    const { document } = await run(...UP, '--storage', '2G');
    expect(document.storage).toMatchObject({ mode: 'quota', enforcement: 'xfs project quota', held: 2 * GIB });
    expect(engine.volumes.get('nodectl-dev')?.options).toEqual({ size: String(2 * GIB) });
    expect(engine.containers.get('nodectl-dev')?.spec.layerSize).toBe(2 * GIB);
    expect(await run('up', '--name', 'dev')).toMatchObject({ code: 0, steps: [] });
    expect(await run('storage', 'grow', '3G')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
  });
});

describe('storage grow', () => {
  test('gives more room, and a later up knows it', async () => {
    const { run, loops } = able();
    await run(...UP, '--storage', '2G');
    expect(await run('storage', 'grow', '4G')).toMatchObject({
      code: 0,
      document: { changed: true, inUse: true, fromBytes: 2 * GIB, toBytes: 4 * GIB },
    });
    expect(loops.filesystem(IMAGE)).toBe(4 * GIB);
    expect(await run('storage', 'grow', '4G')).toMatchObject({ code: 0, document: { changed: false } });
    const { steps, document } = await run('up', '--name', 'dev');
    expect([steps, document.storage.held]).toEqual([[], 4 * GIB]);
  });

  test('is refused for a plain volume, for less, and for more than the disk has', async () => {
    const plain = able();
    await plain.run(...UP);
    expect(await plain.run('storage', 'grow', '4G')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
    const { run, loops } = able();
    await run(...UP, '--storage', '2G');
    expect(await run('storage', 'grow', '1G')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_FIXED' } } });
    expect(await run('storage', 'grow', '90G')).toMatchObject({ code: 4, document: { error: { code: 'DISK_FULL' } } });
    expect(loops.filesystem(IMAGE)).toBe(2 * GIB);
  });
});

describe('what comes after', () => {
  test('a stopped chain is not told to take nothing: its filesystem is away', async () => {
    const { run, engine } = able();
    await run(...UP, '--storage', '2G');
    engine.containers.get('nodectl-dev')?.end(0);
    const { code, document } = await run('status');
    expect([code, document.use.diskBytes]).toEqual([3, null]);
    expect(document.notes.join()).toContain('mounted only then');
  });

  test('start attaches the file again after a boot', async () => {
    const { run, loops, engine } = able();
    await run(...UP, '--storage', '2G');
    engine.containers.get('nodectl-dev')?.end(0);
    loops.boot();
    loops.mountsOf(engine);
    expect((await run('start')).code).toBe(0);
    expect(loops.attached().get(IMAGE)).toBeDefined();
    expect((await run('status')).document.storage).toMatchObject({ enforcement: 'sized filesystem' });
  });

  test('start refuses a node whose file is gone or cut, before geth is let at it', async () => {
    const { run, loops, engine, machine } = able();
    await run(...UP, '--storage', '2G');
    engine.containers.get('nodectl-dev')?.end(0);
    const file = machine.files.get(IMAGE);
    if (file) file.size = GIB;
    expect(await run('start')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_LOST' } } });
    loops.boot();
    machine.files.delete(IMAGE);
    expect(await run('start')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_LOST' } } });
    expect(await run('up', '--name', 'dev')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_LOST' } } });
    expect(engine.containers.get('nodectl-dev')?.running).toBe(false);
  });

  test('down keeps the file, down --volumes leaves nothing of it', async () => {
    const { run, loops, bare, state } = able();
    await run(...UP, '--storage', '2G');
    await run('down');
    expect(loops.filesystem(IMAGE)).toBe(2 * GIB);
    expect((await run(...UP)).document.storage).toMatchObject({ held: 2 * GIB, mode: 'sized' });
    expect((await run('down', 'dev', '--volumes', '--yes')).code).toBe(0);
    expect(state()).toBe(bare);
  });

  test('down --volumes by another user, or of an engine elsewhere, removes nothing', async () => {
    const { run, machine, engine } = able();
    await run(...UP, '--storage', '2G');
    machine.become(1000);
    expect(await run('down', 'dev', '--volumes', '--yes')).toMatchObject({ code: 4, document: { error: { code: 'PERMISSION' } } });
    machine.become(0);
    engine.facts = { ...engine.facts, local: false };
    expect(await run('down', 'dev', '--volumes', '--yes')).toMatchObject({ code: 4, document: { error: { code: 'STORAGE_IMPOSSIBLE' } } });
    expect(engine.containers.get('nodectl-dev')?.running).toBe(true);
  });
});

describe('a nodectl that is gone after any act on the machine or the engine', () => {
  const cutOff = async (
    prepare: readonly (readonly string[])[],
    words: readonly string[],
    check: (on: ReturnType<typeof able>) => Promise<unknown>,
  ) => {
    for (const where of ['machine', 'engine'] as const) {
      for (let at = 0; ; at++) {
        const on = able();
        for (const earlier of prepare) expect((await on.run(...earlier)).code).toBe(0);
        on.machine.revive();
        let died = false;
        if (where === 'engine') on.engine.dieAfter(at + 1);
        on.machine.before = (_, index) => {
          if (where === 'engine' || index !== at) return;
          died = true;
          on.machine.killed = true;
          throw new Killed();
        };
        const { code } = await on.nodectl(...words);
        on.engine.dieAfter();
        on.machine.revive();
        await check(on);
        if (code === 0 && !died) break;
      }
    }
  };

  test('leaves an up that the next one completes', async () => {
    const up = [...UP, '--storage', '2G'];
    await cutOff([], up, async (on) => {
      expect((await on.run(...up)).document).toMatchObject({ storage: { held: 2 * GIB } });
      expect(await on.run(...up)).toMatchObject({ code: 0, steps: [] });
      expect([on.loops.attached().size, on.loops.filesystem(IMAGE)]).toEqual([1, 2 * GIB]);
      expect(on.machine.files.has(`${IMAGE}.new`)).toBe(false);
    });
  });

  test('leaves a growth that the next one completes', async () => {
    await cutOff([[...UP, '--storage', '2G']], ['storage', 'grow', '3G'], async (on) => {
      expect((await on.run('storage', 'grow', '3G')).code).toBe(0);
      expect(on.loops.filesystem(IMAGE)).toBe(3 * GIB);
    });
  });

  test('leaves a removal that the next one completes', async () => {
    await cutOff([[...UP, '--storage', '2G']], ['down', 'dev', '--volumes', '--yes'], async (on) => {
      // What is gone whole is no node any more.
      expect([0, 5]).toContain((await on.run('down', 'dev', '--volumes', '--yes')).code);
      expect([on.state(), on.engine.volumes.size]).toEqual([on.bare, 0]);
    });
  });
});
