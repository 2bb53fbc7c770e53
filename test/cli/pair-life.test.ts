import { beforeEach, describe, expect, test } from 'vitest';
import { NodectlError } from '../../src/errors.ts';
import { followingAnswers, serveBeacon } from '../fakes/fake-beacon.ts';
import { addPair, makeClient, pairProgram } from '../fakes/fake-pair.ts';
import { type UpWorld, upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

const CHAIN = { eth_chainId: '0x88bb0', net_peerCount: '0x3' };
let up: UpWorld;
let pair: Awaited<ReturnType<typeof addPair>>;

/** The exit code and the JSON of a command, which fits its published schema. */
async function run(...words: readonly string[]) {
  const { code, stdout, stderr } = await up.nodectl(...words, '--json');
  const answered = stdout !== '';
  const document = JSON.parse(answered ? stdout : stderr);
  validatesAgainst(answered ? (words[0] ?? '') : 'error', document);
  return { code, document };
}

async function pairOf(words?: string[]): Promise<void> {
  const { port } = await serveBeacon(followingAnswers(1000));
  up = upWorld();
  up.engine.program = pairProgram;
  up.answers = { ...up.answers, ...CHAIN };
  pair = await addPair(up, 'duo', {}, makeClient({ ports: { rest: port, p2p: null } }), words);
}

/** What the engine was told to do with which container, in order. */
function recorded(...methods: ('stopContainer' | 'startContainer' | 'removeContainer')[]): string[] {
  const told: string[] = [];
  for (const method of methods) {
    const real = up.engine[method] as (name: string, ...rest: unknown[]) => Promise<unknown>;
    Object.assign(up.engine, {
      [method]: (name: string, ...rest: unknown[]) => {
        told.push(`${method} ${[...up.engine.containers.values()].find(({ id }) => id === name)?.observed.name ?? name}`);
        return real(name, ...rest);
      },
    });
  }
  return told;
}

beforeEach(() => pairOf());

describe('stop of a pair', () => {
  test('stops the consensus client before geth, each by its own time, and both closes are clean', async () => {
    const told = recorded('stopContainer');
    expect(await run('stop', 'duo')).toMatchObject({
      code: 0,
      document: {
        wasRunning: true,
        shutdown: { clean: true },
        consensus: { client: 'prysm', wasRunning: true, shutdown: { clean: true, exitCode: 0 } },
      },
    });
    expect(told).toEqual(['stopContainer nodectl-duo.consensus', 'stopContainer nodectl-duo']);
  });

  test('is fine with a part that had stopped before', async () => {
    await up.engine.stopContainer('nodectl-duo.consensus', 1);
    expect(await run('stop', 'duo')).toMatchObject({ code: 0, document: { wasRunning: true, consensus: { wasRunning: false } } });
    expect(await run('stop', 'duo')).toMatchObject({ code: 0, document: { wasRunning: false, consensus: { wasRunning: false } } });
  });

  test('tells of a client that did not end, with exit 3', async () => {
    await pairOf(['deaf-client']);
    expect(await run('stop', 'duo')).toMatchObject({
      code: 3,
      document: { shutdown: { clean: true }, consensus: { shutdown: { clean: false, exitCode: 137 } } },
    });
    expect((await up.nodectl('stop', 'duo')).stdout).toContain('prysm');
  });

  test('goes on from where it was cut off', async () => {
    up.engine.failNext('stopContainer', new NodectlError('ENGINE_UNREACHABLE', 'gone'));
    expect((await run('stop', 'duo')).code).toBe(4);
    expect(await run('stop', 'duo')).toMatchObject({ code: 0, document: { consensus: { shutdown: { clean: true } } } });
    expect([pair.geth().running, pair.client().running]).toEqual([false, false]);
  });
});

describe('start and restart of a pair', () => {
  test('start geth before its consensus client, and wait for both', async () => {
    await run('stop', 'duo');
    const told = recorded('startContainer');
    expect(await run('start', 'duo')).toMatchObject({
      code: 0,
      document: { wasRunning: false, start: { ready: { head: 12 }, consensus: { headSlot: 1000 } } },
    });
    expect(told).toEqual(['startContainer nodectl-duo', 'startContainer nodectl-duo.consensus']);
  });

  test('restart stops both first', async () => {
    const told = recorded('stopContainer', 'startContainer');
    expect(await run('restart', 'duo')).toMatchObject({ code: 0, document: { stop: { consensus: { shutdown: { clean: true } } } } });
    expect(told.map((line) => line.replace(/Container nodectl-duo/, ''))).toEqual(['stop.consensus', 'stop', 'start', 'start.consensus']);
  });

  test('start joins no network of somebody else', async () => {
    await run('stop', 'duo');
    up.engine.networks.set('nodectl-duo', { name: 'nodectl-duo', labels: {} });
    expect(await run('start', 'duo')).toMatchObject({ code: 4, document: { error: { code: 'NAME_TAKEN' } } });
    expect([pair.geth().running, pair.client().running]).toEqual([false, false]);
  });

  test('start runs the part that is not running', async () => {
    pair.client().end(137);
    expect(await run('start', 'duo')).toMatchObject({ code: 0, document: { wasRunning: false } });
    expect(pair.client().running).toBe(true);
  });

  test('a client that dies while it is waited for is CONTAINER_DIED with its own last words', async () => {
    up.engine.containers.clear();
    await addPair(up, 'duo', {}, makeClient({ ports: { rest: 1, p2p: null } }));
    await run('stop', 'duo');
    up.engine.program = (args, view) =>
      args[0] === 'client'
        ? { lines: [{ stream: 'stderr', text: 'level=fatal msg="no such checkpoint"' }], exitCode: 1 }
        : pairProgram(args, view);
    const { code, document } = await run('start', 'duo');
    expect(code).toBe(7);
    expect(document.error).toMatchObject({ code: 'CONTAINER_DIED', hint: expect.stringContaining('--consensus') });
    expect(JSON.stringify(document)).toContain('no such checkpoint');
  });

  test('a geth that dies while both are waited for ends the wait for the other too', async () => {
    const silent = await serveBeacon({ syncing: null });
    up.engine.containers.clear();
    await addPair(up, 'duo', {}, makeClient({ ports: { rest: silent.port, p2p: null } }));
    await run('stop', 'duo');
    up.engine.program = (args, view) => (args[0] === 'client' ? pairProgram(args, view) : { lines: [], exitCode: 1 });
    expect((await run('start', 'duo')).code).toBe(7);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const asked = silent.asked();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(silent.asked()).toBe(asked);
  });

  test('--wait synced waits until both are there', async () => {
    const far = await serveBeacon(followingAnswers(1000, { is_syncing: true }, 500));
    up.engine.containers.clear();
    await addPair(up, 'duo', {}, makeClient({ ports: { rest: far.port, p2p: null } }));
    const fresh = () => ({ number: '0xc', hash: '0xab', timestamp: `0x${Math.floor(Date.now() / 1000).toString(16)}` });
    up.answers = { ...up.answers, eth_getBlockByNumber: fresh };
    expect(await run('start', 'duo', '--wait', 'synced', '--timeout', '20s')).toMatchObject({
      code: 6,
      document: { error: { code: 'TIMED_OUT', message: expect.stringContaining('nodectl-duo.consensus') } },
    });
  });

  test('a node whose consensus client is gone is half made, and only up can make it whole', async () => {
    await up.engine.removeContainer('nodectl-duo.consensus', { force: true });
    expect(await run('start', 'duo')).toMatchObject({ code: 5, document: { error: { hint: expect.stringContaining('nodectl up') } } });
  });
});

describe('down of a pair', () => {
  test('removes both containers and keeps all volumes', async () => {
    expect(await run('down', 'duo')).toMatchObject({
      code: 0,
      document: {
        stop: { consensus: { shutdown: { clean: true } } },
        removed: { container: 'nodectl-duo', consensus: 'nodectl-duo.consensus', volumes: [], network: null },
        keptVolumes: ['nodectl-duo.consensus', 'nodectl-duo.secret', 'nodectl-duo'],
      },
    });
    expect([up.engine.containers.size, up.engine.volumes.size, up.engine.networks.size]).toEqual([0, 3, 1]);
  });

  test('with --volumes removes every volume of its own and its network, and names them in the question', async () => {
    await up.engine.createVolume({ name: 'nodectl-duo.other', labels: {} });
    const asked: string[] = [];
    up.world.console.confirm = async (question) => {
      asked.push(question);
      return true;
    };
    expect(await run('down', 'duo', '--volumes')).toMatchObject({
      code: 0,
      document: { removed: { network: 'nodectl-duo' }, keptVolumes: [] },
    });
    expect([...up.engine.volumes.keys()]).toEqual(['nodectl-duo.other']);
    expect([up.engine.containers.size, up.engine.networks.size]).toEqual([0, 0]);
    expect(asked[0]).toMatch(/nodectl-duo\.consensus.*nodectl-duo\.secret/);
  });

  test.each(['stopContainer', 'removeContainer', 'removeNetwork', 'removeVolume'] as const)(
    'that was cut off at %s comes to the same end when it is repeated',
    async (method) => {
      for (let times = 0; times < 3; times++) {
        up.engine.failNext(method, new NodectlError('ENGINE_UNREACHABLE', 'gone'));
        await run('down', 'duo', '--volumes', '--yes');
      }
      await run('down', 'duo', '--volumes', '--yes');
      expect([up.engine.containers.size, up.engine.volumes.size, up.engine.networks.size]).toEqual([0, 0, 0]);
    },
  );

  test('with --volumes leaves volumes and a network of somebody else under its names, and says so', async () => {
    const theirs = { theirs: 'yes' };
    for (const name of ['nodectl-duo', 'nodectl-duo.consensus', 'nodectl-duo.secret']) {
      const volume = up.engine.volumes.get(name);
      if (volume && name !== 'nodectl-duo') up.engine.volumes.set(name, { ...volume, labels: theirs });
    }
    up.engine.networks.set('nodectl-duo', { name: 'nodectl-duo', labels: theirs });
    const { code, document } = await run('down', 'duo', '--volumes', '--yes');
    expect([code, document.removed.volumes, document.removed.network]).toEqual([0, ['nodectl-duo'], null]);
    expect(document.leftAlone).toEqual([
      { kind: 'volume', name: 'nodectl-duo.consensus' },
      { kind: 'volume', name: 'nodectl-duo.secret' },
      { kind: 'network', name: 'nodectl-duo' },
    ]);
    expect([...up.engine.volumes.keys(), ...up.engine.networks.keys()]).toEqual([
      'nodectl-duo.consensus',
      'nodectl-duo.secret',
      'nodectl-duo',
    ]);
  });

  test('tells what it left alone also to whoever reads', async () => {
    up.engine.networks.set('nodectl-duo', { name: 'nodectl-duo', labels: {} });
    expect((await up.nodectl('down', 'duo', '--volumes', '--yes')).stdout).toMatch(/network nodectl-duo alone/);
  });

  test('clears away what an up that was cut off left of either part', async () => {
    for (const name of ['nodectl-duo.helper', 'nodectl-duo.consensus.helper', 'nodectl-duo.consensus.next']) {
      await up.engine.createContainer({ ...pair.client().spec, name });
    }
    expect((await run('down', 'duo')).code).toBe(0);
    expect(up.engine.containers.size).toBe(0);
  });

  test('of what is only a consensus client any more ends it', async () => {
    await up.engine.removeContainer('nodectl-duo', { force: true });
    expect(await run('down', 'duo')).toMatchObject({
      code: 0,
      document: { removed: { container: null, consensus: 'nodectl-duo.consensus' } },
    });
  });

  test('leaves a container of somebody else alone that bears the name', async () => {
    pair.client().observed = { ...pair.client().observed, labels: {} };
    expect(await run('down', 'duo')).toMatchObject({ code: 0, document: { removed: { consensus: null } } });
    expect([...up.engine.containers.keys()]).toEqual(['nodectl-duo.consensus']);
  });
});

describe('ls of a pair', () => {
  const listed = async () => (await run('ls')).document.nodes;

  test('is one row with the client, and the ports of both', async () => {
    const { rest } = makeClient({ ports: { rest: pair.client().spec.ports[0]?.hostPort ?? 0, p2p: null } }).ports;
    expect(await listed()).toMatchObject([{ node: 'duo', state: 'running', consensus: { client: 'prysm', state: 'running' } }]);
    expect((await listed())[0].ports).toEqual([...new Set([8545, 8546, 30_303, rest])].sort((a, b) => a - b));
  });

  test('is in the worse state of its two parts', async () => {
    pair.client().end(1);
    expect(await listed()).toMatchObject([{ state: 'exited', consensus: { client: 'prysm', state: 'exited' } }]);
    expect((await up.nodectl('ls')).stdout).toContain('prysm (exited)');
  });

  test('is half made when a part is missing', async () => {
    await up.engine.removeContainer('nodectl-duo.consensus', { force: true });
    expect(await listed()).toMatchObject([{ state: 'half-made', consensus: { client: 'prysm', state: 'missing' } }]);
  });

  test('is half made when only the consensus client is left', async () => {
    await up.engine.removeContainer('nodectl-duo', { force: true });
    expect(await listed()).toMatchObject([{ state: 'half-made', network: null, consensus: { client: 'prysm', state: 'running' } }]);
  });
});

describe('logs of a pair', () => {
  test("are geth's, and with --consensus the client's", async () => {
    expect((await up.nodectl('logs', 'duo')).stdout).toContain('Started log indexer');
    expect((await up.nodectl('logs', 'duo', '--consensus', '--tail', '1')).stdout).toContain('Starting beacon node');
  });

  test('of a client that is not there are NO_SUCH_NODE', async () => {
    await up.engine.removeContainer('nodectl-duo.consensus', { force: true });
    expect((await up.nodectl('logs', 'duo', '--consensus')).code).toBe(5);
  });
});

test('inspect shows both containers, and of the volume of secrets only its name', async () => {
  const { document } = await run('inspect', 'duo');
  expect(document).toMatchObject({
    container: { name: 'nodectl-duo' },
    consensus: { name: 'nodectl-duo.consensus', mounts: expect.arrayContaining([{ volume: 'nodectl-duo.secret', target: '/secret' }]) },
    volumes: expect.arrayContaining([{ name: 'nodectl-duo.secret', role: 'secret', mountpoint: null }]),
  });
  expect(JSON.stringify(document)).not.toContain('nodectl-duo.secret/_data');
  expect((await up.nodectl('inspect', 'duo')).stdout).toContain('nodectl-duo.consensus');
});
