import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { tellChanges } from '../../src/actions/tell-changes.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { Clock, World } from '../../src/ports.ts';
import { devAnswers } from '../fakes/fake-geth.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';

const POLLS = 100_000;
const INTERVAL_MS = 2_000;

/** Bytes of the heap that are in use. */
const heap = () => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

/** A node on a clock that jumps: its chain grows, it stops answering, restarts, and loses its engine now and then. */
async function longLived() {
  const nodes = fakeNodes({
    kernelUsage: () => ({ memory: polls % 1_000, swap: polls % 10, cpuNanoseconds: polls * 1e6 }),
    kernelStrain: () => ({ held: polls % 777, pressure: undefined, swappedIn: polls * 4_096, swappedOut: polls }),
    kernelLimits: () => ({ cgroupVersion: 2, memory: 1, swap: 1, cpus: 1, pids: 1, sources: { memory: container.id } }),
    diskFree: () => 10 ** 12 - polls,
  });
  await nodes.add('dev', rpcOn(1));
  const found = await nodes.engine.inspect('nodectl-dev');
  if (found === undefined) throw new Error('no container');
  const container = found;
  let [now, polls] = [Date.parse('2026-11-21T12:00:00Z'), 0];
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      // Only the pause between two looks passes; a deadline waits for work that takes no time.
      if (ms > INTERVAL_MS) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const engine: Partial<Engine> = {
    inspect: async () => {
      polls += 1;
      if (polls % 5_000 === 0) throw new NodectlError('ENGINE_UNREACHABLE', 'gone');
      return { ...container, startedAt: now - 1_000 - (polls % 9_000) * INTERVAL_MS };
    },
    volumeSize: async () => polls,
    info: () => nodes.engine.info(),
    list: () => nodes.engine.list(),
    async *logs() {},
    async *events({ signal }) {
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
    },
  };
  const world: World = {
    ...nodes.world,
    clock,
    engine: async () => engine as Engine,
    rpc: async () => ({
      batch: async (_url, calls) => {
        if (polls % 700 === 0) return { failure: 'timeout', message: 'too slow' };
        const number = `0x${polls.toString(16)}`;
        const over = { eth_getBlockByNumber: { number, hash: `0x${polls.toString(16).padStart(64, '0')}`, timestamp: number } };
        return { answers: calls.map(({ method }) => ({ result: { ...devAnswers(), ...over }[method] })) };
      },
    }),
  };
  return { world, polls: () => polls };
}

test('a hundred thousand looks take no more memory than ten thousand', { timeout: 300_000 }, async () => {
  const { world, polls } = await longLived();
  let changes = 0;
  let before = 0;
  for await (const _sample of tellChanges({ node: 'dev', intervalMs: INTERVAL_MS }, world, () => changes++)) {
    if (polls() >= 10_000 && before === 0) before = heap();
    if (polls() >= POLLS) break;
  }
  expect(changes).toBeGreaterThan(100);
  const grown = heap() - before;
  expect(grown).toBeLessThan(2 * 2 ** 20);
});
