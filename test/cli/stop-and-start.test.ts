import { describe, expect, test } from 'vitest';
import { type UpWorld, upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

async function running(): Promise<UpWorld> {
  const world = upWorld();
  expect((await world.nodectl('up', '--network', 'dev', '--memory', '1G')).code).toBe(0);
  return world;
}

/** The exit code and the JSON of a command, which fits its published schema. */
async function run({ nodectl }: UpWorld, ...words: readonly string[]) {
  const { code, stdout, stderr } = await nodectl(...words, '--json');
  const answered = stdout !== '';
  const document = JSON.parse(answered ? stdout : stderr);
  validatesAgainst(answered ? (words[0] ?? '') : 'error', document);
  return { code, document };
}

const died = ({ engine }: UpWorld) => engine.containers.get('nodectl-dev')?.end(137);

describe('stop', () => {
  test('keeps container and volume, and a full close is exit 0', async () => {
    const world = await running();
    expect(await run(world, 'stop', 'dev')).toMatchObject({
      code: 0,
      document: { wasRunning: true, shutdown: { clean: true, exitCode: 0 } },
    });
    expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([1, 1]);
    expect(world.remembered.at(-1)).toMatchObject({ kind: 'stop', data: { clean: true } });
  });

  test('of a geth that had to be killed is exit 3', async () => {
    const world = upWorld();
    world.engine.program = () => ({ lines: [] });
    await run(world, 'up', '--network', 'dev');
    expect(await run(world, 'stop', 'dev')).toMatchObject({ code: 3, document: { shutdown: { clean: false, exitCode: 137 } } });
  });

  test('of what had died before tells how', async () => {
    const world = await running();
    died(world);
    expect(await run(world, 'stop', 'dev')).toMatchObject({ code: 3, document: { wasRunning: false, shutdown: { clean: false } } });
  });
});

describe('down', () => {
  test('removes the container and keeps the volume, and a second one says that there is nothing left to stop', async () => {
    const world = await running();
    const first = await run(world, 'down', 'dev');
    expect(first).toMatchObject({ code: 0, document: { removed: { container: 'nodectl-dev', volume: null }, keptVolume: 'nodectl-dev' } });
    expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([0, 1]);
    expect(await run(world, 'down', 'dev')).toMatchObject({ code: 0, document: { stop: null, removed: { container: null } } });
  });

  test('removes the volume only with --volumes and a yes', async () => {
    const world = await running();
    const { console } = world.world;
    const asked: string[] = [];
    console.confirm = async (_question, flag) => {
      asked.push(flag);
      return false;
    };
    expect((await run(world, 'down', 'dev', '--volumes')).code).toBe(130);
    expect([world.engine.containers.size, world.engine.volumes.size, asked]).toEqual([1, 1, ['--yes']]);
    expect(await run(world, 'down', 'dev', '--volumes', '--yes')).toMatchObject({
      code: 0,
      document: { removed: { volume: 'nodectl-dev' }, keptVolume: null },
    });
    expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([0, 0]);
    expect(asked.length).toBe(1);
  });

  test('of nothing is NO_SUCH_NODE', async () => {
    expect(await run(upWorld(), 'down', 'dev', '--volumes', '--yes')).toMatchObject({
      code: 5,
      document: { error: { code: 'NO_SUCH_NODE' } },
    });
  });
});

describe('start and restart', () => {
  test('start runs what is stopped, and once more changes nothing', async () => {
    const world = await running();
    await run(world, 'stop', 'dev');
    expect(await run(world, 'start', 'dev')).toMatchObject({ code: 0, document: { wasRunning: false, start: { uncleanEnd: null } } });
    expect(await run(world, 'start', 'dev')).toMatchObject({ code: 0, document: { wasRunning: true } });
  });

  test('start tells of an unclean death, and how far the head fell', async () => {
    const world = await running();
    died(world);
    world.answers = { ...world.answers, eth_getBlockByNumber: () => ({ number: '0x3', hash: '0xab', timestamp: '0x68000000' }) };
    const { document } = await run(world, 'start', 'dev');
    expect(document.start).toMatchObject({ uncleanEnd: expect.any(String), headFell: { from: 12, to: 3 } });
  });

  test('restart stops in good order first', async () => {
    const world = await running();
    const before = world.engine.calls.length;
    expect(await run(world, 'restart', 'dev')).toMatchObject({ code: 0, document: { stop: { shutdown: { clean: true } } } });
    const calls = world.engine.calls.slice(before);
    expect(calls.indexOf('stopContainer')).toBeLessThan(calls.indexOf('startContainer'));
  });

  test('start without a container is NO_SUCH_NODE, and with a dying one CONTAINER_DIED', async () => {
    const world = await running();
    await run(world, 'down', 'dev');
    expect(await run(world, 'start', 'dev')).toMatchObject({ code: 5, document: { error: { code: 'NO_SUCH_NODE' } } });
    world.engine.program = () => ({ lines: [{ stream: 'stderr', text: 'Fatal: no' }], exitCode: 1 });
    expect(await run(world, 'up', '--network', 'dev')).toMatchObject({ code: 7, document: { error: { code: 'CONTAINER_DIED' } } });
  });
});

test('a node may be left out where there is one, and must be named where there are two', async () => {
  const world = await running();
  expect((await run(world, 'stop')).code).toBe(0);
  await run(world, 'up', '--network', 'dev', '--name', 'second', '--port', 'auto');
  expect(await run(world, 'stop')).toMatchObject({ code: 2, document: { error: { code: 'NODE_AMBIGUOUS' } } });
});
