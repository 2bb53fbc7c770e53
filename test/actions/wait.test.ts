import { describe, expect, test } from 'vitest';
import { type WaitRequest, waitFor } from '../../src/actions/wait.ts';
import { command } from '../../src/cli/commands/wait.ts';
import { PLAIN } from '../../src/cli/style.ts';
import { NodectlError } from '../../src/errors.ts';
import { parseWaitConditions } from '../../src/node/wait-condition.ts';
import { errorOfPromise } from '../error-code.ts';
import { followingAnswers, serveBeacon } from '../fakes/fake-beacon.ts';
import { devAnswers, type GethAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { type FakeNodes, fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { addPair, makeClient, pairProgram } from '../fakes/fake-pair.ts';
import { validatesAgainst } from '../schema.ts';

const CONTAINER = 'nodectl-dev';
const HASH = `0x${'ab'.repeat(32)}`;
const GONE = new NodectlError('ENGINE_UNREACHABLE', 'The engine went away.');

/** A head that is one block higher at each look. */
function growing(): GethAnswers {
  let number = 0;
  return {
    eth_getBlockByNumber: ([tag]: unknown[]) =>
      tag === 'latest' ? { number: `0x${(number++).toString(16)}`, hash: HASH, timestamp: '0x1' } : null,
  };
}

/** A running dev node that answers this, and the notices that a person gets. */
async function node(answers: GethAnswers | 'hang' = devAnswers()) {
  const geth = await serveGeth(answers);
  const nodes = fakeNodes();
  const told: string[] = [];
  Object.assign(nodes.world.console, { notice: (text: string) => told.push(text), warn: (text: string) => told.push(text) });
  await nodes.add('dev', rpcOn(geth.port));
  const container = () => {
    const found = nodes.engine.containers.get(CONTAINER);
    if (found === undefined) throw new Error(CONTAINER);
    return found;
  };
  return { ...nodes, geth, told, container };
}

const wait = async (nodes: Pick<FakeNodes, 'world'>, on: string, timeoutMs = 10_000, over: Partial<WaitRequest> = {}) => {
  const report = await waitFor({ conditions: parseWaitConditions([on]), timeoutMs, ...over }, nodes.world);
  validatesAgainst('wait', report);
  return report;
};

/** Begins to wait, acts once the node was looked at, and gives the error with the ms from the act to it. */
async function during(nodes: Awaited<ReturnType<typeof node>>, on: string, act: () => void, timeoutMs = 10_000) {
  const ended = errorOfPromise(wait(nodes, on, timeoutMs));
  await expect.poll(() => nodes.geth.posts(), { timeout: 5_000 }).toBeGreaterThan(0);
  const acted = Date.now();
  act();
  const error = await ended;
  return { error, afterMs: Date.now() - acted };
}

describe('waiting ends well', () => {
  test('when every condition holds at one look, with where the node stands', async () => {
    const report = await wait(await node(devAnswers(growing())), 'rpc,block=3,synced');
    expect(report).toMatchObject({ node: 'dev', met: ['rpc', 'block=3', 'synced'], state: 'at-head', head: 3, peers: 0, exitCode: null });
    expect(command.render(report, PLAIN)).toContain('dev: rpc, block=3, synced');
  });

  test('after one look where the conditions hold already, also without any time', async () => {
    const nodes = await node();
    expect(await wait(nodes, 'healthy', 0)).toMatchObject({ met: ['healthy'] });
    expect(nodes.geth.posts()).toBe(1);
  });

  test('of a node that was made and is about to be started', async () => {
    const nodes = await node();
    await nodes.engine.stopContainer(CONTAINER, 1);
    nodes.container().observed = { ...nodes.container().observed, state: 'created', exitCode: 0 };
    const waiting = wait(nodes, 'rpc');
    await nodes.engine.startContainer(CONTAINER);
    expect(await waiting).toMatchObject({ state: 'at-head' });
  });

  test('at the end of a node, however it came, where that is waited for', async () => {
    const nodes = await node();
    const waiting = wait(nodes, 'stopped');
    await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
    const killed = Date.now();
    nodes.container().end(137);
    expect(await waiting).toMatchObject({ state: 'dead', exitCode: 137, head: null });
    expect(Date.now() - killed).toBeLessThan(1_000);
    expect(await wait(nodes, 'stopped', 0)).toMatchObject({ exitCode: 137 });
  });

  test('when a node is gone that was waited for to stop', async () => {
    const nodes = await node();
    const waiting = wait(nodes, 'stopped');
    await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
    await nodes.engine.removeContainer(CONTAINER, { force: true });
    expect(await waiting).toMatchObject({ state: null, exitCode: null });
  });
});

describe('waiting ends with exit 6', () => {
  test('and what was seen last of each condition that does not hold, and of no other', async () => {
    const error = await errorOfPromise(wait(await node(), 'rpc,peers=2,block=99', 300));
    expect([error.code, error.exit]).toEqual(['TIMED_OUT', 6]);
    expect(error.facts).toEqual({ 'peers=2': '0 peers', 'block=99': 'head 12' });
  });

  test('in time where geth never answers, or the engine', async () => {
    const before = Date.now();
    expect((await errorOfPromise(wait(await node('hang'), 'rpc', 300))).code).toBe('TIMED_OUT');
    const silent = await node();
    silent.engine.inspect = () => new Promise(() => {});
    expect((await errorOfPromise(wait(silent, 'rpc', 300))).facts.rpc).toContain('engine');
    const deaf = await node();
    deaf.engine.observe = () => new Promise(() => {});
    expect((await errorOfPromise(wait(deaf, 'rpc', 300))).code).toBe('TIMED_OUT');
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  test('without haste', async () => {
    const nodes = await node();
    await errorOfPromise(wait(nodes, 'peers=1', 1_000));
    expect(nodes.geth.posts()).toBeLessThanOrEqual(21);
  });
});

describe('waiting ends with exit 7 within a second', () => {
  test('when the node dies, with its code and last words', async () => {
    const nodes = await node();
    const { error, afterMs } = await during(nodes, 'peers=1', () => {
      nodes.container().print('Fatal: out of ideas', 'stderr');
      nodes.container().end(2);
    });
    expect(error).toMatchObject({ code: 'CONTAINER_DIED', exit: 7, facts: { 'exit code': '2', 'last words': 'Fatal: out of ideas' } });
    expect(error.hint).toContain('nodectl logs dev');
    expect(afterMs).toBeLessThan(1_000);
  });

  test('also while geth hangs', async () => {
    const nodes = await node('hang');
    const { error, afterMs } = await during(nodes, 'rpc', () => nodes.container().end(137));
    expect([error.code, error.facts['exit code']]).toEqual(['CONTAINER_DIED', '137']);
    expect(afterMs).toBeLessThan(1_000);
  });

  test('also when it is started again at once', async () => {
    const nodes = await node();
    const { error } = await during(nodes, 'peers=1', () => {
      nodes.container().end(1);
      nodes.container().start({ lines: [] });
    });
    expect([error.code, error.facts['exit code']]).toEqual(['CONTAINER_DIED', '1']);
  });

  test('with what killed it, though the engine forgets that with the next start', async () => {
    for (const [oomKilled, cause] of [
      [true, 'oom.'],
      [false, 'kill.'],
    ] as const) {
      const nodes = await node();
      const { error } = await during(nodes, 'peers=1', () => {
        nodes.container().end(137, { oomKilled });
        nodes.container().start({ lines: [] });
        nodes.container().observed = { ...nodes.container().observed, oomKilled: false };
      });
      expect(error.facts.verdict).toContain(cause);
    }
  });

  test('also when the engine tells no events', async () => {
    for (const again of [false, true]) {
      const nodes = await node();
      nodes.engine.events = async function* () {
        await new Promise(() => {});
      };
      const { error } = await during(nodes, 'peers=1', () => {
        nodes.container().end(3);
        if (again) nodes.container().start({ lines: [] });
        if (again) nodes.container().observed = { ...nodes.container().observed, startedAt: Date.now() + 5 };
      });
      expect(error.code).toBe('CONTAINER_DIED');
    }
  });

  test('when it is removed', async () => {
    const nodes = await node();
    const { error } = await during(nodes, 'peers=1', () => void nodes.engine.removeContainer(CONTAINER, { force: true }));
    expect(error.code).toBe('CONTAINER_DIED');
  });

  test('when it is dead already', async () => {
    const nodes = await node();
    nodes.container().end(137, { oomKilled: true });
    const told = { code: 'CONTAINER_DIED', facts: { cause: expect.stringContaining('memory') } };
    expect(await errorOfPromise(wait(nodes, 'rpc'))).toMatchObject(told);
  });

  test('not when another node dies', async () => {
    const nodes = await node();
    await nodes.add('other', rpcOn(1));
    expect((await errorOfPromise(wait(nodes, 'rpc'))).code).toBe('NODE_AMBIGUOUS');
    const ended = errorOfPromise(wait(nodes, 'peers=1', 400, { node: 'dev' }));
    nodes.engine.containers.get('nodectl-other')?.end(1);
    expect((await ended).code).toBe('TIMED_OUT');
  });
});

describe('waiting is refused', () => {
  test('for a node that does not run, is not there, or is only a volume', async () => {
    const nodes = await node();
    expect((await errorOfPromise(wait(nodes, 'rpc', 1, { node: 'nobody' }))).code).toBe('NO_SUCH_NODE');
    nodes.container().end(0);
    const error = await errorOfPromise(wait(nodes, 'rpc'));
    expect([error.code, error.exit, error.hint]).toEqual(['NODE_NOT_RUNNING', 4, expect.stringContaining('nodectl start dev')]);
    await nodes.engine.createVolume({ name: 'nodectl-old', labels: { 'nodectl.node': 'old' } });
    expect((await errorOfPromise(wait(nodes, 'rpc', 1, { node: 'old' }))).code).toBe('NO_SUCH_NODE');
    expect(await wait(nodes, 'stopped', 1, { node: 'old' })).toMatchObject({ state: null });
  });

  test('where another chain answers', async () => {
    expect((await errorOfPromise(wait(await node(devAnswers({ eth_chainId: '0x1' })), 'rpc'))).code).toBe('PORT_TAKEN');
  });

  test('when the person interrupts, at once', async () => {
    const nodes = await node('hang');
    const { error, afterMs } = await during(nodes, 'rpc', nodes.interrupt);
    expect([error.code, error.exit]).toEqual(['INTERRUPTED', 130]);
    expect(afterMs).toBeLessThan(1_000);
  });
});

describe('an engine that goes away', () => {
  test('ends the waiting when it is not there at all', async () => {
    const nodes = await node();
    nodes.engine.failNext('observe', GONE);
    expect((await errorOfPromise(wait(nodes, 'rpc'))).code).toBe('ENGINE_UNREACHABLE');
  });

  test('and comes back is waited for, and told of once', async () => {
    const nodes = await node(devAnswers(growing()));
    const waiting = wait(nodes, 'block=5');
    await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
    for (let times = 0; times < 3; times++) nodes.engine.failNext('inspect', GONE);
    nodes.engine.happened.lose(GONE);
    expect(await waiting).toMatchObject({ head: 5 });
    expect(nodes.told).toHaveLength(2);
  });

  test('and takes up its events again, so that a death is told', async () => {
    const nodes = await node();
    const ended = errorOfPromise(wait(nodes, 'peers=1'));
    await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
    nodes.engine.happened.lose(GONE);
    await expect.poll(() => nodes.engine.calls.filter((call) => call === 'events').length, { timeout: 5_000 }).toBe(2);
    nodes.container().end(9);
    expect((await ended).facts['exit code']).toBe('9');
  });

  test('for longer than the time is told as what was seen', async () => {
    const nodes = await node();
    const ended = errorOfPromise(wait(nodes, 'peers=1', 800));
    await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
    nodes.engine.inspect = () => Promise.reject(GONE);
    expect(await ended).toMatchObject({ code: 'TIMED_OUT', facts: { 'peers=1': GONE.message } });
  });
});

describe('a pair', () => {
  const geth = devAnswers({
    eth_chainId: '0x88bb0',
    net_peerCount: '0x3',
    eth_getBlockByNumber: () => ({ number: '0x64', hash: HASH, timestamp: `0x${Math.floor(Date.now() / 1000).toString(16)}` }),
  });
  async function pair(behind = 0) {
    const [rest, http] = [await serveBeacon(followingAnswers(1000, {}, behind)), await serveGeth(geth)];
    const nodes = fakeNodes();
    nodes.engine.program = pairProgram;
    const client = makeClient({ ports: { rest: rest.port, p2p: null } });
    return { ...nodes, ...(await addPair(nodes, 'duo', { ports: { http: http.port, ws: 1, p2p: 30_303 } }, client)) };
  }

  test('is synced and healthy when both parts are', async () => {
    expect(await wait(await pair(), 'synced,healthy,peers=3')).toMatchObject({ node: 'duo', head: 100 });
    const error = await errorOfPromise(wait(await pair(100), 'synced,healthy,rpc', 300));
    expect(error.facts).toMatchObject({ synced: expect.stringContaining('frozen'), healthy: expect.stringContaining('frozen') });
    expect(error.facts).not.toHaveProperty('rpc');
  });

  test('is dead when its client is', async () => {
    const duo = await pair(100);
    const ended = errorOfPromise(wait(duo, 'synced'));
    duo.client().end(1);
    expect(await ended).toMatchObject({ code: 'CONTAINER_DIED', hint: expect.stringContaining('--consensus') });
    expect((await errorOfPromise(wait(duo, 'healthy'))).code).toBe('CONTAINER_DIED');
    expect(await wait(duo, 'rpc')).toMatchObject({ met: ['rpc'] });
  });

  test('has stopped when both parts have', async () => {
    const duo = await pair();
    duo.geth().end(0);
    expect((await errorOfPromise(wait(duo, 'stopped', 200))).facts.stopped).toContain('consensus is running');
    duo.client().end(0);
    expect(await wait(duo, 'stopped')).toMatchObject({ exitCode: 0 });
  });
});

describe('a light client', () => {
  const light = {
    backend: 'nimbus-verified-proxy' as const,
    ...{ executionRpcs: ['https://a.example'], beaconApis: ['https://b.example'], own: { execution: true, beacon: true } },
  };
  const block = () => ({ number: '0x64', hash: HASH, timestamp: `0x${Math.floor(Date.now() / 1000).toString(16)}` });
  async function proxy(over: GethAnswers = {}) {
    const http = await serveGeth({
      eth_chainId: '0x1',
      eth_blockNumber: '0x64',
      eth_getBlockByNumber: block,
      eth_getBalance: '0x0',
      ...over,
    });
    const nodes = fakeNodes();
    await nodes.add('lc', { network: 'mainnet', chainId: 1, light, ...rpcOn(http.port) });
    return nodes;
  }

  test('is there, synced and healthy when it proves an account at a young head', async () => {
    expect(await wait(await proxy(), 'rpc,synced,healthy,block=100')).toMatchObject({ head: 100, peers: null });
  });

  test('is not there while it proves nothing, or without a verified header', async () => {
    for (const over of [{ eth_getBalance: null }, { eth_blockNumber: null }]) {
      expect((await errorOfPromise(wait(await proxy(over), 'rpc', 300))).code).toBe('TIMED_OUT');
    }
  });

  test('has no peers to wait for', async () => {
    const error = await errorOfPromise(wait(await proxy(), 'peers=1'));
    expect([error.code, error.exit]).toEqual(['UNSUPPORTED_OPTION', 2]);
  });
});
