import { describe, expect, test } from 'vitest';
import { type ReadyQuestion, waitUntilReady } from '../../src/actions/wait-until-ready.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Rpc } from '../../src/ports/rpc.ts';
import type { Clock } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';
import type { FakeEngine } from '../fakes/fake-engine.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const NOW = Date.now();
const hash = `0x${'ab'.repeat(32)}`;
const block = (number: number, ageSeconds: number) => ({
  number: `0x${number.toString(16)}`,
  hash,
  timestamp: `0x${(Math.floor(NOW / 1000) - ageSeconds).toString(16)}`,
});

/** What an RPC says by method; undefined: it does not listen. */
type Says = Readonly<Record<string, unknown>> | undefined;
const DEV: Says = { eth_chainId: '0x539', eth_getBlockByNumber: block(12, 3600), net_peerCount: '0x0', eth_syncing: false };
const HOODI = {
  chainId: 560_048,
  company: 'consensus' as const,
  says: (over: object): Says => ({ ...DEV, eth_chainId: '0x88bb0', ...over }),
};

/** Waits for a running node whose RPC says, poll by poll, what is listed; the last goes on. `each` runs before each poll. */
async function waiting(
  says: readonly Says[],
  over: Partial<ReadyQuestion> = {},
  each: (poll: number, engine: FakeEngine) => void = () => {},
  prepare: (engine: FakeEngine) => void = () => {},
) {
  const { engine, add } = fakeNodes();
  await add('dev');
  prepare(engine);
  let polls = 0;
  let slept = 0;
  const clock: Clock = {
    now: () => NOW + slept,
    sleep: async (ms) => {
      await new Promise((resolve) => setImmediate(resolve));
      slept += ms;
    },
  };
  const rpc: Rpc = {
    async batch(_url, calls) {
      each(polls, engine);
      const now = says[Math.min(polls++, says.length - 1)];
      if (polls > 20_000) throw new Error('it polls for ever');
      if (now === undefined) return { failure: 'connect', message: 'connection refused' };
      return { answers: calls.map(({ method }) => (method in now ? { result: now[method] } : { error: 'no such method' })) };
    },
  };
  const stop = new AbortController();
  const question: ReadyQuestion = {
    container: 'nodectl-dev',
    url: 'http://127.0.0.1:8545',
    chainId: 1337,
    goal: 'rpc',
    company: 'alone',
    timeoutMs: 10_000,
    ...over,
  };
  const outcome = waitUntilReady(question, engine, rpc, clock, stop.signal);
  return { outcome, stop, polls: () => polls };
}

const refusal = async (...given: Parameters<typeof waiting>) => (await errorOfPromise((await waiting(...given)).outcome)).code;

describe('a node that makes blocks', () => {
  const says = (over: object): Says => ({ ...DEV, eth_mining: false, ...over });

  test('is not there before it makes them', async () => {
    const indexing = { currentBlock: '0x0', highestBlock: '0x0', txIndexRemainingBlocks: '0x1' };
    const told = [says({}), says({ eth_syncing: indexing }), says({ eth_mining: true })];
    const { outcome, polls } = await waiting(told, { company: 'sealing' });
    expect([await outcome, polls()]).toMatchObject([{ head: 12 }, 3]);
  });

  test('is there while it fetches those of others', async () => {
    const syncing = { currentBlock: '0x1', highestBlock: '0x9' };
    const { outcome, polls } = await waiting([says({ eth_syncing: syncing })], { company: 'sealing' });
    expect([await outcome, polls()]).toMatchObject([{ head: 12 }, 1]);
  });

  test('is waited for no longer than for others', async () => {
    expect(await refusal([says({})], { company: 'sealing' })).toBe('TIMED_OUT');
  });

  test('is all that is asked about it', async () => {
    const { outcome } = await waiting([says({})], { company: 'sealed' });
    expect(await outcome).toMatchObject({ head: 12 });
  });
});

describe('a goal is met', () => {
  test('as soon as the RPC tells the chain, and the head comes with it', async () => {
    const { outcome } = await waiting([undefined, undefined, DEV]);
    expect(await outcome).toEqual({ head: 12, afterMs: 20 });
  });

  test('without a head where the node tells none', async () => {
    const { outcome } = await waiting([{ eth_chainId: '0x539' }]);
    expect(await outcome).toMatchObject({ head: null });
  });

  test.each(['peers', 'synced'] as const)('%s, at once, on a chain of one’s own', async (goal) => {
    expect(await (await waiting([DEV], { goal })).outcome).toMatchObject({ head: 12 });
  });

  test('peers: with the first peer', async () => {
    const { outcome, polls } = await waiting([HOODI.says({}), HOODI.says({ net_peerCount: '0x1' })], { ...HOODI, goal: 'peers' });
    await outcome;
    expect(polls()).toBe(2);
  });

  test('synced: only with a fresh head, never by eth_syncing alone', async () => {
    const says = [
      HOODI.says({ eth_getBlockByNumber: block(0, 1e6), net_peerCount: '0x5' }),
      HOODI.says({ eth_getBlockByNumber: block(99, 3600), net_peerCount: '0x5' }),
      HOODI.says({ eth_getBlockByNumber: block(99, 6), net_peerCount: '0x5', eth_syncing: { currentBlock: '0x63', highestBlock: '0xc8' } }),
      HOODI.says({ eth_getBlockByNumber: block(100, 6), net_peerCount: '0x5' }),
    ];
    const { outcome } = await waiting(says, { ...HOODI, goal: 'synced' });
    expect(await outcome).toMatchObject({ head: 100 });
  });
});

describe('waiting ends', () => {
  test('with TIMED_OUT when nothing answers, or only something that tells no chain', async () => {
    expect(await refusal([undefined])).toBe('TIMED_OUT');
    expect(await refusal([{ eth_chainId: null }])).toBe('TIMED_OUT');
    expect(await refusal([{}])).toBe('TIMED_OUT');
    expect(await refusal([undefined], { timeoutMs: 0 })).toBe('TIMED_OUT');
  });

  test('with PORT_TAKEN when another chain answers there', async () => {
    expect(await refusal([{ ...DEV, eth_chainId: '0x1' }])).toBe('PORT_TAKEN');
  });

  test('with CONTAINER_DIED and its last words when it died, whenever', async () => {
    const dies = (poll: number, engine: FakeEngine) => {
      if (poll !== 3) return;
      engine.containers.get('nodectl-dev')?.print('Fatal: Failed to start the node', 'stderr');
      engine.containers.get('nodectl-dev')?.end(1);
    };
    const error = await errorOfPromise((await waiting([undefined], {}, dies)).outcome);
    expect(error).toMatchObject({ code: 'CONTAINER_DIED', exit: 7, facts: { 'exit code': '1' } });
    expect(Object.values(error.facts).join()).toContain('Failed to start the node');
  });

  test('with CONTAINER_DIED when it had died before, or was removed', async () => {
    expect(await refusal([undefined], {}, undefined, (engine) => engine.containers.get('nodectl-dev')?.end(137))).toBe('CONTAINER_DIED');
    const removed = (poll: number, engine: FakeEngine) => {
      if (poll === 2) void engine.removeContainer('nodectl-dev', { force: true });
    };
    expect(await refusal([undefined], {}, removed)).toBe('CONTAINER_DIED');
  });

  test('with INTERRUPTED when the person interrupts, and the node goes on', async () => {
    const { outcome, stop } = await waiting([undefined], {}, (poll) => {
      if (poll === 3) stop.abort();
    });
    expect((await errorOfPromise(outcome)).code).toBe('INTERRUPTED');
  });

  test('in time, and without haste, when the engine cannot watch the container', async () => {
    const error = new NodectlError('ENGINE_UNREACHABLE', 'gone');
    const { outcome, polls } = await waiting([undefined], {}, undefined, (engine) => engine.failNext('waitForExit', error));
    expect((await errorOfPromise(outcome)).code).toBe('TIMED_OUT');
    expect(polls()).toBeLessThanOrEqual(10_000 / 40);
  });
});
