import { describe, expect, it } from 'vitest';
import { directionCounter } from '../../src/actions/count-directions.ts';
import { FakeConsoles } from '../fakes/fake-console.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const MIB = 2 ** 20;

/** A counter of a running dev node's peers, with a clock of its own. */
async function counting() {
  const nodes = fakeNodes();
  await nodes.add('dev');
  const consoles = new FakeConsoles(nodes.engine);
  const container = await nodes.engine.inspect('nodectl-dev');
  if (container === undefined) throw new Error('no container');
  let now = 1_000;
  const counter = directionCounter(nodes.engine, { now: () => now, sleep: async () => {} });
  const asked = () => nodes.engine.calls.filter((call) => call === 'exec').length;
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...nodes, consoles, container, counter, asked, pass };
}

describe("the directions of a node's peers", () => {
  it('are counted in the background, once a minute', async () => {
    const { container, counter, asked, pass } = await counting();
    expect(counter.latest(container, 200 * MIB)).toBeNull();
    await expect.poll(() => counter.latest(container, 200 * MIB)).toEqual({ time: 1_000, inbound: 0, outbound: 0 });
    pass(59_000);
    counter.latest(container, 200 * MIB);
    expect(asked()).toBe(1);
    pass(1_000);
    counter.latest(container, 200 * MIB);
    expect(asked()).toBe(2);
  });

  it('are not asked for where the container has little room left', async () => {
    const { container, counter, asked } = await counting();
    counter.latest(container, 127 * MIB);
    expect(asked()).toBe(0);
    counter.latest(container, 128 * MIB);
    expect(asked()).toBe(1);
  });

  it('are not known where geth does not answer, and not those of another run', async () => {
    const { container, counter, consoles, asked, pass } = await counting();
    await expect.poll(() => counter.latest(container, 200 * MIB)).not.toBeNull();
    consoles.silent.add('nodectl-dev');
    expect(counter.latest({ ...container, startedAt: container.startedAt + 1 }, 0)).toBeNull();
    pass(60_000);
    counter.latest({ ...container, startedAt: container.startedAt + 1 }, 200 * MIB);
    await expect.poll(asked).toBe(2);
    await new Promise(setImmediate);
    expect(counter.latest({ ...container, startedAt: container.startedAt + 1 }, 0)).toBeNull();
  });
});
