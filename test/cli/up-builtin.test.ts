import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { BEACON_CHECKPOINT_FILE } from '../../src/node/container-paths.ts';
import type { Web } from '../../src/ports/web.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import type { UpWorld } from '../fakes/up-world.ts';
import { profileOf } from '../node/make-node.ts';
import { validatesAgainst } from '../schema.ts';
import { type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';

const NODE = 'nodectl-mainnet';
const [FIRST = '', SECOND = '', LIAR = ''] = profileOf('mainnet').endpoints.checkpoints.map(({ url }) => url);

let servers: Map<string, StandInBeacon>;
let up: UpWorld;
beforeEach(async () => {
  const [first, second, liar] = await Promise.all([standInBeacon(), standInBeacon(), standInBeacon({ manners: { beaconFault: 'lies' } })]);
  servers = new Map([
    [new URL(FIRST).host, first],
    [new URL(SECOND).host, second],
    [new URL(LIAR).host, liar],
  ]);
  up = pairWorld();
  const web = httpWeb();
  const ask: Web['ask'] = async (url, options) => {
    const { host, pathname } = new URL(url);
    const server = servers.get(host);
    return server === undefined
      ? { failure: 'connect', message: 'the connection failed' }
      : web.ask(new URL(pathname, server.url).href, options);
  };
  Object.assign(up.world, { web: async () => ({ ask }) });
});
afterEach(async () => {
  for (const server of servers.values()) await server.close();
});

/** The notes of a report, which fits its published schema. */
async function notesOf(...words: string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await up.nodectl(...words, '--json');
  expect([code, stderr]).toEqual([0, '']);
  validatesAgainst(words[0] ?? '', JSON.parse(stdout));
  return JSON.parse(stdout).notes;
}

const begin = (...words: string[]) =>
  notesOf('up', '--memory', '16G', '--cpus', '1', '--storage', '2T', '--consensus', 'builtin', ...words);
const root = () => up.engine.volumes.get(NODE)?.files.get(BEACON_CHECKPOINT_FILE)?.content;
const honest = (epochs = 0) => servers.get(new URL(FIRST).host)?.rootOf((servers.get(new URL(FIRST).host)?.epoch() ?? 0) + epochs);

function expectTold(notes: readonly string[]): void {
  expect(notes.filter((note) => note.includes('begins at'))).toEqual([
    expect.stringMatching(new RegExp(`^The light consensus of geth begins at .*${FIRST}, ${SECOND} agree`)),
  ]);
  expect(notes).toContainEqual(expect.stringMatching(new RegExp(`^Not used: ${LIAR}: `)));
}

test('the plan and the report tell where geth’s own consensus begins, who vouches for that and who was left out', async () => {
  expectTold(await begin('--dry-run'));
  expectTold(await begin());
  expect(root()).toBe(honest());
  expect((await notesOf('up')).filter((note) => note.includes('begins at'))).toEqual([]);
});

test.each(['start', 'restart'])('%s tells the same, and nothing where geth runs already', async (command) => {
  await begin();
  expect(await notesOf('start', 'mainnet')).toEqual([]);
  if (command === 'start') await up.engine.stopContainer(NODE, 1);
  up.engine.volumes.get(NODE)?.files.delete(BEACON_CHECKPOINT_FILE);
  expectTold(await notesOf(command, 'mainnet'));
  expect(root()).toBe(honest());
});

test('a start tells that geth keeps the root it has where no two agree, with the reason of each', async () => {
  await begin();
  const before = root();
  await up.engine.stopContainer(NODE, 1);
  await servers.get(new URL(SECOND).host)?.close();
  servers.delete(new URL(SECOND).host);
  const notes = await notesOf('start', 'mainnet');
  expect(notes).toContainEqual(expect.stringContaining('geth starts from the root it has'));
  expect(notes).toContainEqual(expect.stringMatching(new RegExp(`^${SECOND} .*the connection failed`)));
  expect(root()).toBe(before);
});
