import { describe, expect, test, vi } from 'vitest';
import { archiveFiles } from '../../src/adapters/archive/archive-files.ts';
import { GIB } from '../../src/node/size.ts';
import { FakeLoops } from '../fakes/fake-loops.ts';
import { upWorld } from '../fakes/up-world.ts';

vi.setConfig({ testTimeout: 60_000 });

const IMAGE = '/fake/nodectl/nodectl-dev.img';
const UP = ['up', '--network', 'dev', '--memory', '1G'];

/** A machine that can make filesystems in files, with an engine on it. */
function able() {
  const world = upWorld();
  Object.assign(world.world, { archives: async () => archiveFiles() });
  const loops = new FakeLoops(world.machine);
  loops.mountsOf(world.engine);
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await world.nodectl(...words, '--json');
    const { error, ...document } = JSON.parse(stdout === '' ? stderr : stdout);
    return { code, error: error?.code as string | undefined, hint: error?.hint as string | undefined, document };
  };
  const elsewhere = () => {
    world.engine.facts = { ...world.engine.facts, local: false };
  };
  return { ...world, loops, run, elsewhere, state: () => [world.machine.state(), world.engine.volumes.size] };
}

type Machine = ReturnType<typeof able>;

/** Whatever it is refused for, nothing is made and nothing is left. */
describe('up --storage', () => {
  test.each<[string, (on: Machine) => void, readonly string[], string, RegExp]>([
    ['more than the disk has', () => {}, ['--storage', '61G'], 'STORAGE_IMPOSSIBLE', /smaller --storage/],
    ['no loop device is free', ({ loops }) => Object.assign(loops, { most: 0 }), ['--storage', '2G'], 'STORAGE_IMPOSSIBLE', /losetup -a/],
    [
      'sized on an engine elsewhere',
      ({ elsewhere }) => elsewhere(),
      ['--storage', '2G', '--storage-mode', 'sized'],
      'STORAGE_IMPOSSIBLE',
      /watchdog/,
    ],
    [
      'driver on an engine elsewhere',
      ({ elsewhere }) => elsewhere(),
      ['--storage', '2G', '--storage-mode', 'driver'],
      'STORAGE_IMPOSSIBLE',
      /watchdog/,
    ],
    [
      'sized without root',
      ({ machine }) => machine.become(1000),
      ['--storage', '2G', '--storage-mode', 'sized'],
      'STORAGE_IMPOSSIBLE',
      /watchdog/,
    ],
  ])('%s: is refused, says what works, and leaves nothing', async (_, prepare, words, error, hint) => {
    const on = able();
    prepare(on);
    const before = on.state();
    expect(await on.run(...UP, ...words)).toMatchObject({ code: 4, error, hint: expect.stringMatching(hint) });
    expect(on.state()).toEqual(before);
  });

  test('on an engine elsewhere gets a watchdog by itself, and says that nothing is enforced', async () => {
    const { run, elsewhere } = able();
    elsewhere();
    const { code, document } = await run(...UP, '--storage', '2G');
    expect([code, document.storage]).toEqual([0, expect.objectContaining({ mode: 'watchdog', enforcement: 'not enforced' })]);
  });
});

describe('a chain in a file', () => {
  test.each<[string, (on: Machine) => void]>([
    [
      'holes, and the disk is full',
      ({ machine }) => {
        const file = machine.files.get(IMAGE);
        if (file) file.holes = true;
        machine.change({ free: 0 });
      },
    ],
  ])('with %s: start is refused by DISK_FULL, before geth is let at it', async (_, fault) => {
    const on = able();
    await on.run(...UP, '--storage', '2G');
    on.engine.containers.get('nodectl-dev')?.end(0);
    fault(on);
    expect(await on.run('start')).toMatchObject({ code: 4, error: 'DISK_FULL' });
    expect(on.engine.containers.get('nodectl-dev')?.running).toBe(false);
    on.machine.change({ free: 60 * GIB });
    expect((await on.run('start')).code).toBe(0);
  });

  test('of an engine elsewhere neither grows nor moves from here', async () => {
    const { run, elsewhere } = able();
    await run(...UP, '--storage', '2G');
    elsewhere();
    expect(await run('storage', 'grow', '3G')).toMatchObject({ code: 4, error: 'STORAGE_IMPOSSIBLE' });
    expect(await run('storage', 'migrate', '--to', 'volume')).toMatchObject({ code: 4, error: 'STORAGE_IMPOSSIBLE' });
  });
});

describe('a container of somebody else on the chain volume', () => {
  const WORK = [
    ['export', '/absent/never.tar.zst', 'dev', '--stop'],
    ['resync', 'dev', '--yes'],
    ['storage', 'migrate', 'dev', '--to', 'sized', '--storage', '2G'],
  ];
  test.each(WORK)('%s is refused by its name, and stops nothing', async (...words) => {
    const { run, engine } = able();
    await run(...UP);
    const { spec } = engine.containers.get('nodectl-dev') ?? {};
    if (spec === undefined) throw new Error('no container');
    await engine.createContainer({ ...spec, name: 'guest', labels: {}, ports: [] });
    await engine.startContainer('guest');
    expect(await run(...words)).toMatchObject({ code: 4, error: 'NODE_RUNNING', hint: expect.stringContaining('guest') });
    expect(engine.containers.get('nodectl-dev')?.running).toBe(true);
    await engine.stopContainer('guest', 1);
    expect((await run(...words)).error).not.toBe('NODE_RUNNING');
  });
});
