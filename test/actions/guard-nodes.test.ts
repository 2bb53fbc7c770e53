import { describe, expect, test } from 'vitest';
import { guardNodes } from '../../src/actions/guard-nodes.ts';
import { status } from '../../src/actions/status.ts';
import { NodectlError } from '../../src/errors.ts';
import { isGuardSeen, wardLock } from '../../src/host/guard/guard-seen.ts';
import { lockName } from '../../src/host/lock-name.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import type { Change } from '../../src/node/watch/cloud-event.ts';
import { errorOfPromise } from '../error-code.ts';
import { upWorld } from '../fakes/up-world.ts';

const UP = ['up', '--network', 'dev', '--storage', '4G', '--storage-mode', 'watchdog'];

/** A world in which a chain takes so much (undefined: nobody can count it), and locks are told as Linux tells them. */
function guarded() {
  const up = upWorld();
  const chain: { bytes: number | undefined } = { bytes: GIB };
  const locks = new Set<string>();
  const { host, hostChanges } = up.world;
  up.engine.volumeSize = async () => undefined;
  up.machine.live.set('/proc/net/unix', () => [...locks].map((name) => `0: 2 0 10000 1 1 42 @${name}`).join('\n'));
  Object.assign(up.world, {
    host: async () => ({ ...(await host()), directorySize: async () => chain.bytes }),
    hostChanges: async () => ({
      ...(await hostChanges()),
      lock: async (of?: string) => {
        const name = lockName(of);
        if (locks.has(name)) return undefined;
        locks.add(name);
        return () => void locks.delete(name);
      },
    }),
  });
  const told: Change[] = [];
  const words = () => told.map(({ word }) => word);
  const guard = (node?: string) => {
    const over = guardNodes({ node, intervalMs: 30_000 }, up.world, (change) => void told.push(change));
    over.catch(() => {});
    return over;
  };
  const until = async (holds: () => boolean) => {
    for (const end = Date.now() + 15_000; !holds(); ) {
      if (Date.now() > end) throw new Error(`told only ${words().join()}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const container = (node = 'dev') => up.engine.containers.get(`nodectl-${node}`);
  const seen = (node = 'dev') => isGuardSeen(wardLock(container(node)?.id ?? ''), up.machine.hostFiles);
  return { ...up, chain, told, words, guard, until, container, seen, locks };
}

// The first `up` of a process loads all of it.
describe('a guard of all nodes', { timeout: 60_000 }, () => {
  test('stops geth in good order at its size, tells it, and leaves the reason', async () => {
    const { nodectl, guard, until, words, told, chain, container, world, interrupt, remembered, locks } = guarded();
    expect((await nodectl(...UP)).code).toBe(0);
    const over = guard();
    await until(() => words().includes('guarded'));
    expect(container()?.running).toBe(true);
    chain.bytes = 4 * GIB - 511 * MIB;
    await until(() => words().includes('guard-stopped'));
    expect(container()?.observed).toMatchObject({ state: 'exited', exitCode: 0 });
    expect(words()).toEqual(['guarded', 'limit-reached', 'guard-stopped']);
    expect(told.at(-1)).toMatchObject({ node: 'dev', data: { clean: true, exitCode: 0, usedBytes: chain.bytes, limitBytes: 4 * GIB } });
    expect(remembered.findLast(({ kind }) => kind === 'stop')?.data).toMatchObject({ clean: true, reason: 'storage-limit' });
    expect((await status({ node: 'dev', timeout: 5000 }, world)).sync).toEqual({ state: 'stopped', reason: 'storage-limit' });
    expect((await nodectl('start', 'dev')).code).toBe(4);
    interrupt();
    await over;
    expect([...locks]).toEqual([]);
  });

  test('is seen by status as long as it runs and can measure, never else', async () => {
    const { nodectl, guard, until, words, chain, seen, world, interrupt } = guarded();
    const enforcement = async () => (await status({ node: 'dev', timeout: 5000 }, world)).storage?.enforcement;
    await nodectl(...UP);
    expect(await enforcement()).toBe('not enforced');
    const over = guard();
    await until(seen);
    expect(await enforcement()).toBe('watchdog');
    chain.bytes = undefined;
    await until(() => words().includes('guard-blind'));
    expect(await enforcement()).toBe('not enforced');
    chain.bytes = GIB;
    await until(seen);
    interrupt();
    await over;
    expect(await enforcement()).toBe('not enforced');
    expect(words()).toEqual(['guarded', 'guard-blind', 'guarded']);
  });

  test('stops a chain that it cannot measure any more when that would be at its size by its pace', async () => {
    const { nodectl, guard, until, words, chain, container, interrupt } = guarded();
    await nodectl(...UP);
    const over = guard();
    await until(() => words().includes('guarded'));
    for (let bytes = GIB; bytes <= 3 * GIB; bytes += 64 * MIB) {
      chain.bytes = bytes;
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    chain.bytes = undefined;
    await until(() => words().includes('guard-stopped'));
    expect(container()?.running).toBe(false);
    interrupt();
    await over;
  });

  test('leaves a node alone whose size is kept by something else, or that has none', async () => {
    const { nodectl, guard, until, words, told, chain, container, interrupt } = guarded();
    await nodectl(...UP);
    await nodectl('up', '--network', 'dev', '--name', 'other', '--port', 'auto');
    chain.bytes = 9 * GIB;
    const over = guard();
    await until(() => words().includes('guard-stopped'));
    interrupt();
    await over;
    expect([...new Set(told.map(({ node }) => node))]).toEqual(['dev']);
    expect(container('other')?.running).toBe(true);
  });

  test('waits for an engine that goes away, and guards again a node that was started again', async () => {
    const { nodectl, guard, until, words, chain, container, engine, interrupt } = guarded();
    await nodectl(...UP);
    const over = guard();
    await until(() => words().includes('guarded'));
    const list = engine.list.bind(engine);
    let asked = 0;
    engine.list = async () => {
      asked += 1;
      if (asked < 3) throw new NodectlError('ENGINE_NOT_RUNNING', 'gone');
      return list();
    };
    await until(() => asked > 4);
    await nodectl('restart', 'dev');
    chain.bytes = 4 * GIB;
    await until(() => container()?.running === false);
    interrupt();
    await over;
  });

  test('ends when the engine is not there at its first look', async () => {
    const { engine, guard } = guarded();
    engine.list = () => Promise.reject(new NodectlError('ENGINE_NOT_RUNNING', 'gone'));
    expect((await errorOfPromise(guard())).code).toBe('ENGINE_NOT_RUNNING');
  });
});

describe('a guard of one node', { timeout: 60_000 }, () => {
  test('refuses one without a size, and one that is not there', async () => {
    const { nodectl, guard } = guarded();
    await nodectl('up', '--network', 'dev');
    expect((await errorOfPromise(guard('dev'))).code).toBe('USAGE');
    expect((await errorOfPromise(guard('nobody'))).code).toBe('NO_SUCH_NODE');
  });
});
