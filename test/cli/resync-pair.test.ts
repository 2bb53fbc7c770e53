import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GIB } from '../../src/node/size.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import { type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';

// Each run of the command line in process costs what a machine under load makes of it.
vi.setConfig({ testTimeout: 120_000 });

const NAME = 'nodectl-mainnet';
const CLIENT = `${NAME}.consensus`;
const RESYNC = ['resync', '--yes', '--json'];

let providers: readonly StandInBeacon[] = [];
beforeAll(async () => {
  providers = await Promise.all([standInBeacon(), standInBeacon()]);
});
afterAll(async () => {
  for (const server of providers) await server.close();
});

/** A running pair on a machine that is large enough for it. */
async function pair() {
  const world = pairWorld();
  const memory = { total: 64 * GIB, available: 60 * GIB, swapTotal: 8 * GIB, swapFree: 8 * GIB };
  const host = await world.world.host();
  Object.assign(world.world, { host: async () => ({ ...host, memory: () => memory }) });
  world.engine.facts = { ...FAKE_INFO, memory: 64 * GIB };
  const from = providers.flatMap(({ url }) => ['--checkpoint-url', url]);
  const made = await world.nodectl('up', '--consensus', 'nimbus', ...from, '--memory', '32G', '--json');
  expect([made.code, made.stderr]).toEqual([0, '']);
  const { engine } = world;
  const put = (volume: string, path: string) =>
    void engine.volumes.get(volume)?.files.set(path, { path, content: 'old', mode: 0o600, uid: 1000, gid: 1000 });
  put(NAME, 'geth/chaindata/1.sst');
  put(CLIENT, 'db/old.sqlite');
  const states = () => [...engine.containers.values()].map(({ observed }) => [observed.name, observed.state]).sort();
  const has = (volume: string, path: string) => engine.volumes.get(volume)?.files.has(path);
  const key = () => engine.volumes.get(`${NAME}.secret`)?.files.get('jwt.hex')?.content;
  return { ...world, states, has, key };
}

const BOTH = [
  [NAME, 'running'],
  [CLIENT, 'running'],
];

describe('resync of a pair', () => {
  test('keeps the key that both share and the database of the consensus client, which goes on with an empty geth', async () => {
    const { nodectl, states, has, key } = await pair();
    const had = key();
    expect(await nodectl(...RESYNC)).toMatchObject({ code: 0, stderr: '' });
    expect([has(NAME, 'geth/chaindata/1.sst'), has(CLIENT, 'db/old.sqlite'), states(), key() === had]).toEqual([false, true, BOTH, true]);
  });

  test('killed after any call to the engine, goes on by the same command', async () => {
    for (let calls = 1; ; calls++) {
      const { nodectl, engine, states, has } = await pair();
      engine.dieAfter(calls);
      const { code } = await nodectl(...RESYNC);
      engine.dieAfter();
      expect([calls, (await nodectl(...RESYNC)).code, states()]).toEqual([calls, 0, BOTH]);
      expect([has(NAME, 'geth/chaindata/1.sst'), has(CLIENT, 'db/old.sqlite')]).toEqual([false, true]);
      if (code !== 0) continue;
      expect(calls).toBeGreaterThan(15);
      return;
    }
  });
});
