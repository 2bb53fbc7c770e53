import { expect, onTestFinished, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import { standInBeacon } from '../stand-in/beacon.ts';
import { standInExecution } from '../stand-in/execution.ts';

const SECRET = 'hunter2';

/** The plan's notes for servers under names of the internet, which stand-ins on loopback answer for. */
async function notesOf(scheme: string, ...words: string[]): Promise<readonly string[]> {
  const servers = await Promise.all([standInBeacon(), standInBeacon(), standInExecution()]);
  onTestFinished(async () => {
    for (const server of servers) await server.close();
  });
  const [first, second, execution] = servers.map(({ url }) => new URL(url).host);
  const hosts = new Map([
    ['a.example', first],
    ['b.example', second],
    ['rpc.example', execution],
  ]);
  const up = pairWorld();
  const web = httpWeb();
  up.engine.images.push(fakeImage('statusim/nimbus-verified-proxy:master'));
  const ask: typeof web.ask = (url, options) => {
    const asked = new URL(url);
    const host = hosts.get(asked.hostname);
    return web.ask(host === undefined ? url : `http://${host}${asked.pathname.replace(`/${SECRET}`, '')}${asked.search}`, options);
  };
  Object.assign(up.world, { web: async () => ({ ask }) });
  const named = words.map((word) => word.replace('SCHEME', scheme));
  const { code, stdout, stderr } = await up.nodectl('up', '--memory', '16G', '--force', '--dry-run', '--json', ...named);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).not.toContain(SECRET);
  return (JSON.parse(stdout) as UpReport).notes;
}

const CHECKPOINTS = ['a', 'b'].flatMap((host) => ['--checkpoint-url', `SCHEME://alice:${SECRET}@${host}.example`]);
const APIS = ['a', 'b'].flatMap((host) => ['--beacon-api', `SCHEME://${host}.example`]);

test.each([
  ['a consensus client', ['--consensus', 'prysm', ...CHECKPOINTS], ['http://a.example', 'http://b.example']],
  ['geth’s own consensus', ['--consensus', 'builtin', ...CHECKPOINTS], ['http://a.example', 'http://b.example']],
  ['a light client', ['--syncmode', 'light', '--execution-rpc', `SCHEME://rpc.example/${SECRET}`, ...APIS], ['http://rpc.example']],
])(
  'the plan of %s says which address of one’s own shows a secret on its way, and says nothing of an encrypted one',
  async (_who, words, told) => {
    const notes = await notesOf('http', ...words);
    const of = (all: readonly string[], address: string) =>
      all.filter((note) => note.startsWith(`${address} `) && note.includes('without encryption'));
    expect(told.map((address) => of(notes, address).length)).toEqual(told.map(() => 1));
    expect((await notesOf('https', ...words)).filter((note) => note.includes('without encryption'))).toEqual([]);
  },
);
