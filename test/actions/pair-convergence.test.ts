import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import type { UpWorld } from '../fakes/up-world.ts';
import { type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';

const NAME = 'nodectl-mainnet';
const CLIENT = `${NAME}.consensus`;

let providers: readonly StandInBeacon[] = [];
beforeAll(async () => {
  providers = await Promise.all([standInBeacon(), standInBeacon()]);
});
afterAll(async () => {
  for (const server of providers) await server.close();
});

const from = () => providers.flatMap(({ url }) => ['--checkpoint-url', url]);
const UP = (...words: string[]) => ['up', '--memory', '16G', '--force', '--consensus', 'nimbus', ...from(), ...words, '--json'];
const CHANGE = ['up', '--memory', '12G', '--force', '--json'];
const WITHOUT = ['up', '--consensus', 'none', '--force', '--json'];

const states = ({ engine }: UpWorld) => [...engine.containers.values()].map(({ observed }) => [observed.name, observed.state]);
const key = ({ engine }: UpWorld) => engine.volumes.get(`${NAME}.secret`)?.files.get('jwt.hex')?.content;

async function bring(world: UpWorld, words: readonly string[]): Promise<UpReport> {
  const { code, stdout, stderr } = await world.nodectl(...words);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as UpReport;
}

/** Both parts run, the volumes are whole, and no further run would change anything. */
async function expectPair(world: UpWorld): Promise<UpReport> {
  expect(states(world).sort()).toEqual([
    [NAME, 'running'],
    [CLIENT, 'running'],
  ]);
  const owners = [...world.engine.volumes.values()].map(({ name, owner }) => [name, owner]);
  expect(owners.sort()).toEqual([NAME, CLIENT, `${NAME}.secret`].map((name) => [name, '1000:1000 700']));
  expect(key(world)).toMatch(/^[0-9a-f]{64}\n$/);
  const again = await bring(world, ['up', '--force', '--json']);
  expect(again.steps).toEqual([]);
  return again;
}

/** Runs `words` in fresh worlds, killed after its first, second … call to the engine, until it lives. */
async function killedAfterEach(
  prepare: (world: UpWorld) => Promise<unknown>,
  words: () => readonly string[],
  check: (world: UpWorld) => Promise<unknown>,
): Promise<number> {
  for (let calls = 1; ; calls++) {
    const world = pairWorld();
    await prepare(world);
    world.engine.dieAfter(calls);
    const { code } = await world.nodectl(...words());
    world.engine.dieAfter();
    await check(world);
    if (code === 0) return calls;
  }
}

describe('a nodectl that is gone after any call to the engine', { timeout: 120_000 }, () => {
  test('leaves a pair that the next run makes whole, with one key and a database begun once', async () => {
    const calls = await killedAfterEach(
      async () => {},
      () => UP(),
      async (world) => {
        const had = key(world);
        await bring(world, UP());
        await expectPair(world);
        if (had !== undefined) expect(key(world)).toBe(had);
      },
    );
    expect(calls).toBeGreaterThan(20);
  });

  test('leaves a change of both parts that the next run completes', async () => {
    await killedAfterEach(
      (world) => bring(world, UP()),
      () => CHANGE,
      async (world) => {
        await bring(world, CHANGE);
        expect((await expectPair(world)).spec).toMatchObject({ memory: 12 * 2 ** 30, consensus: { client: 'nimbus' } });
      },
    );
  });

  test('leaves a client half away that the next run takes away', async () => {
    await killedAfterEach(
      (world) => bring(world, UP()),
      () => WITHOUT,
      async (world) => {
        await bring(world, WITHOUT);
        expect(states(world)).toEqual([[NAME, 'running']]);
        expect((await bring(world, ['up', '--force', '--json'])).steps).toEqual([]);
      },
    );
  });

  test('leaves a client half added that the next run adds', async () => {
    await killedAfterEach(
      (world) => bring(world, WITHOUT),
      () => UP(),
      async (world) => {
        await bring(world, UP());
        await expectPair(world);
      },
    );
  });
});

test('twenty first runs at once make one pair with one key, and all succeed', { timeout: 120_000 }, async () => {
  const world = pairWorld();
  let turns = 0;
  world.pause = async () => {
    for (let left = (turns++ * 7) % 5; left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
  };
  const keys = new Set<unknown>();
  const prepare = world.engine.prepareVolume;
  world.engine.prepareVolume = async (request) => {
    for (const { path, content } of request.files) if (path === 'jwt.hex') keys.add(content);
    return prepare(request);
  };
  const runs = await Promise.all(Array.from({ length: 20 }, () => world.nodectl(...UP())));
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array.from({ length: 20 }, () => [0, '']));
  world.pause = async () => {};
  await expectPair(world);
  expect(keys.size).toBe(1);
});
