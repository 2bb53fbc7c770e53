import { describe, expect, onTestFinished, test } from 'vitest';
import { tellChanges } from '../../src/actions/tell-changes.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Change, CloudEvent } from '../../src/node/watch/cloud-event.ts';
import type { NodeSample } from '../../src/node/watch/sample.ts';
import type { Host } from '../../src/ports/host.ts';
import { errorOfPromise } from '../error-code.ts';
import { devAnswers, type GethAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { validatesAgainst } from '../schema.ts';

const CONTAINER = 'nodectl-dev';
const GONE = new NodectlError('ENGINE_UNREACHABLE', 'The engine went away.');

/** A running dev node that is watched at a short interval until the test is over; what was seen and told of it so far. */
async function watched(answers: GethAnswers | 'hang' = devAnswers(), host: Partial<Host> = {}, intervalMs = 250) {
  const geth = await serveGeth(answers);
  const nodes = fakeNodes(host);
  await nodes.add('dev', rpcOn(geth.port));
  const container = () => {
    const found = nodes.engine.containers.get(CONTAINER);
    if (found === undefined) throw new Error(CONTAINER);
    return found;
  };
  const [samples, changes, events]: [NodeSample[], Change[], CloudEvent[]] = [[], [], []];
  const tell = (change: Change, event: CloudEvent) => {
    validatesAgainst('watch', event);
    changes.push(change);
    events.push(event);
  };
  const begin = () => {
    const ended = (async () => {
      for await (const sample of tellChanges({ intervalMs }, nodes.world, tell)) samples.push(sample);
    })();
    onTestFinished(async () => {
      nodes.interrupt();
      await ended.catch(() => {});
    });
    return ended;
  };
  const words = () => changes.map(({ word }) => word);
  const told = (...wanted: Change['word'][]) => expect.poll(words, { timeout: 10_000 }).toEqual(wanted);
  const state = () => samples.at(-1)?.status.sync.state;
  return { ...nodes, geth, container, begin, samples, changes, events, words, told, state };
}

describe('a node that is watched', () => {
  test('is sampled at once and then at the interval, with one request and one inspection each', async () => {
    const nodes = await watched();
    nodes.engine.calls.length = 0;
    void nodes.begin();
    await expect.poll(() => nodes.samples.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(3);
    nodes.interrupt();
    expect(nodes.samples[0]).toMatchObject({
      node: 'dev',
      status: { healthy: true, sync: { state: 'at-head' }, head: { number: 12 } },
      cpus: null,
    });
    expect(nodes.geth.posts()).toBeLessThanOrEqual(nodes.samples.length + 1);
    expect(nodes.engine.calls.filter((call) => call === 'inspect').length).toBeLessThanOrEqual(nodes.samples.length + 1);
    const apart = (nodes.samples[2]?.time ?? 0) - (nodes.samples[0]?.time ?? 0);
    expect(apart).toBeGreaterThanOrEqual(450);
  });

  test.each([
    ['once, of a geth that has none and would log a warning each time', null, (looks: number) => Math.min(looks, 1)],
    ['at every look, of one that has', { number: '0x9', hash: '0xcd', timestamp: '0x68000000' }, (looks: number) => looks],
  ])('is asked for its finalized block %s', async (_often, finalized, most) => {
    let asked = 0;
    const latest = { number: '0xc', hash: '0xab', timestamp: '0x68000000' };
    const eth_getBlockByNumber = ([tag]: unknown[]) => {
      if (tag === 'latest') return latest;
      asked += 1;
      return finalized;
    };
    const nodes = await watched(devAnswers({ eth_getBlockByNumber }));
    const ended = nodes.begin();
    await expect.poll(() => nodes.samples.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(3);
    nodes.interrupt();
    await ended;
    expect(asked).toBe(most(nodes.geth.posts()));
    expect(nodes.samples.at(-1)?.status.finalized).toBe(finalized === null ? null : 9);
  });

  test('is never asked by a program inside its container', async () => {
    const nodes = await watched();
    void nodes.begin();
    await expect.poll(() => nodes.samples.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    for (const inside of ['exec', 'session', 'runOnce', 'runOnVolume']) expect(nodes.engine.calls).not.toContain(inside);
  });

  test('ends its samples when the person interrupts, at once', async () => {
    for (const answers of [devAnswers(), 'hang'] as const) {
      const nodes = await watched(answers, {}, 60_000);
      const ended = nodes.begin();
      await expect.poll(() => nodes.geth.posts()).toBeGreaterThan(0);
      const interrupted = Date.now();
      nodes.interrupt();
      await ended;
      expect(Date.now() - interrupted).toBeLessThan(1_000);
    }
  });

  test('tells by the kernel what it uses, where it is seen, and how the CPU was used between two looks', async () => {
    let seconds = 0;
    const nodes = await watched(devAnswers(), {
      kernelLimits: () => ({
        ...{ cgroupVersion: 2 as const, memory: 2 ** 30, swap: 2 ** 30, cpus: 0.5, pids: 512 },
        sources: { memory: `/sys/fs/cgroup/${nodes.container().id}` },
      }),
      kernelUsage: () => ({ memory: 7, swap: 1, cpuNanoseconds: seconds++ * 1e9 }),
      kernelStrain: () => ({ held: 5, pressure: undefined, swappedIn: 3, swappedOut: undefined }),
      directorySize: async () => 99,
      diskFree: () => 10 ** 12,
    });
    void nodes.begin();
    await expect.poll(() => nodes.samples.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    expect(nodes.samples[1]).toMatchObject({
      ...{ workingSetBytes: 7, heldBytes: 5, swapIo: { inBytes: 3, outBytes: null }, diskFreeBytes: 10 ** 12 },
      status: { use: { memoryBytes: 7, swapBytes: 1, diskBytes: 99, source: 'kernel' }, notes: [] },
    });
    expect(nodes.samples[1]?.cpus).toBeGreaterThan(0);
  });
});

describe('what happens to a container', () => {
  test('is told within a second, whatever the interval is', async () => {
    const nodes = await watched(devAnswers(), {}, 60_000);
    void nodes.begin();
    await nodes.told('watch-started');
    await expect.poll(() => nodes.engine.calls).toContain('events');
    const acted = Date.now();
    nodes.container().end(137, { oomKilled: true });
    await nodes.told('watch-started', 'container-died', 'state-changed', 'health-changed');
    expect(Date.now() - acted).toBeLessThan(1_000);
    expect(nodes.changes[1]?.data).toMatchObject({ part: 'execution', container: CONTAINER, exitCode: 137, oomKilled: true });
    nodes.container().start({ lines: [] });
    await expect.poll(nodes.words, { timeout: 5_000 }).toContain('container-started');
    expect(nodes.state()).toBe('at-head');
  });

  test('is followed through its removal and another container of that name', async () => {
    const nodes = await watched();
    void nodes.begin();
    await nodes.told('watch-started');
    await nodes.engine.removeContainer(CONTAINER, { force: true });
    await nodes.told('watch-started', 'container-gone');
    await nodes.add('dev', rpcOn(nodes.geth.port));
    await nodes.told('watch-started', 'container-gone', 'container-stopped', 'container-started');
    expect(nodes.state()).toBe('at-head');
  });

  test('however often, does not make it look more often than four times a second', async () => {
    const nodes = await watched();
    void nodes.begin();
    await nodes.told('watch-started');
    const [began, posts] = [Date.now(), nodes.geth.posts()];
    // The fake engine keeps a listener for each event.
    for (let events = 1; events <= 8; events++) {
      nodes.container().onEvent('exec_die', { exitCode: 0 });
      await expect.poll(() => Date.now() - began).toBeGreaterThan(events * 50);
    }
    expect(nodes.geth.posts() - posts).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 250) + 1);
  });
});

describe('an engine', () => {
  test('that is not there at first ends the watch with its error, and so does a node that is not', async () => {
    const nodes = await watched();
    nodes.engine.failNext('inspect', GONE);
    expect((await errorOfPromise(nodes.begin())).code).toBe('ENGINE_UNREACHABLE');
    await nodes.engine.removeContainer(CONTAINER, { force: true });
    expect((await errorOfPromise(nodes.begin())).code).toBe('NO_SUCH_NODE');
    await nodes.engine.createVolume({ name: 'nodectl-old', labels: { 'nodectl.node': 'old' } });
    const watching = tellChanges({ node: 'old', intervalMs: 250 }, nodes.world, () => {}).next();
    expect((await errorOfPromise(watching)).code).toBe('NO_SUCH_NODE');
  });

  test('that hangs from the first ends the watch in time', async () => {
    for (const question of ['info', 'list'] as const) {
      const nodes = await watched();
      nodes.engine[question] = () => new Promise<never>(() => {});
      const began = Date.now();
      expect((await errorOfPromise(nodes.begin())).code).toBe('ENGINE_UNREACHABLE');
      expect(Date.now() - began).toBeLessThan(7_000);
    }
  });

  test('that goes away is told at once, and so is that it is back, whatever the interval is', async () => {
    const nodes = await watched(devAnswers(), {}, 3_600_000);
    void nodes.begin();
    await nodes.told('watch-started');
    await expect.poll(() => nodes.engine.calls).toContain('events');
    const { inspect } = nodes.engine;
    nodes.engine.inspect = () => Promise.reject(GONE);
    nodes.engine.happened.lose(GONE);
    await nodes.told('watch-started', 'engine-lost');
    nodes.engine.inspect = inspect;
    await nodes.told('watch-started', 'engine-lost', 'engine-back');
  });

  test('that goes away and comes back is told once each, and samples go on', async () => {
    const nodes = await watched();
    void nodes.begin();
    await nodes.told('watch-started');
    const { inspect } = nodes.engine;
    nodes.engine.inspect = () => Promise.reject(GONE);
    nodes.engine.happened.lose(GONE);
    await nodes.told('watch-started', 'engine-lost');
    expect(nodes.changes[1]?.data).toEqual({ message: GONE.message });
    const before = nodes.samples.length;
    nodes.engine.inspect = inspect;
    await nodes.told('watch-started', 'engine-lost', 'engine-back');
    await expect.poll(() => nodes.samples.length).toBeGreaterThan(before);
  });

  test('that hangs is told, and holds one question at a time', { timeout: 40_000 }, async () => {
    const nodes = await watched();
    void nodes.begin();
    await nodes.told('watch-started');
    const { inspect } = nodes.engine;
    let asked = 0;
    let answer = () => {};
    nodes.engine.inspect = async (name) => {
      asked += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return inspect(name);
    };
    await expect.poll(nodes.words, { timeout: 20_000 }).toEqual(['watch-started', 'engine-lost']);
    expect(asked).toBe(1);
    nodes.engine.inspect = inspect;
    answer();
    await nodes.told('watch-started', 'engine-lost', 'engine-back');
  });
});

test('events have ids that no other watch has, and one source', async () => {
  const nodes = await watched();
  void nodes.begin();
  void nodes.begin();
  await expect.poll(() => nodes.events.length, { timeout: 5_000 }).toBe(2);
  expect(new Set(nodes.events.map(({ id }) => id)).size).toBe(2);
  expect(new Set(nodes.events.map(({ source }) => source)).size).toBe(1);
});
