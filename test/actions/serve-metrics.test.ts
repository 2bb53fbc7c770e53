import { afterEach, describe, expect, it } from 'vitest';
import type { Watch } from '../../src/actions/follow-nodes.ts';
import { serveMetrics } from '../../src/actions/serve-metrics.ts';
import { metricsServer } from '../../src/adapters/metrics-server.ts';
import { NodectlError } from '../../src/errors.ts';
import type { ContainerSummary } from '../../src/ports/containers.ts';
import type { Clock, World } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';
import { type FakeNodes, fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { makeSample } from '../node/watch/make-sample.ts';
import { parseExposition } from '../node/watch/metrics/parse-exposition.ts';

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

/** A watch of a node: looks come when the test says so, or at once and then never again. */
function watched() {
  const looks = new Map<string, number>();
  const ended: string[] = [];
  const behaviour = new Map<string, 'hangs' | 'fails' | 'breaks' | 'once'>();
  const watch: Watch = async function* (node, signal) {
    const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    try {
      for (;;) {
        const way = behaviour.get(node);
        if (way === 'fails') throw new NodectlError('NO_SUCH_NODE', 'gone');
        if (way === 'breaks') throw new TypeError('a bug');
        if (way === 'hangs') await over;
        if (signal.aborted) return;
        const count = (looks.get(node) ?? 0) + 1;
        looks.set(node, count);
        yield makeSample({ time: Date.now() }, { node, peers: count });
        if (way === 'once') await over;
        await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 20))]);
      }
    } finally {
      ended.push(node);
    }
  };
  return { watch, looks, ended, behaviour };
}

async function served(nodes: FakeNodes, watch: Watch, over: { intervalMs?: number; host?: string; clock?: Clock } = {}) {
  const told: string[] = [];
  const console: World['console'] = {
    ...nodes.world.console,
    notice: (text) => void told.push(text),
    warn: (text) => void told.push(`! ${text}`),
  };
  const world: World = { ...nodes.world, console, clock: over.clock ?? nodes.world.clock, metricsServer: async () => metricsServer() };
  const host = over.host ?? '127.0.0.1';
  const serving = serveMetrics({ listen: { host, port: 0 }, intervalMs: over.intervalMs ?? 100 }, watch, world);
  const end = () => {
    nodes.interrupt();
    return serving.catch(() => {});
  };
  running.push(end);
  await Promise.race([expect.poll(() => told.length).toBeGreaterThan(0), serving]);
  const url = `http://127.0.0.1:${/:(\d+)\/metrics/.exec(told[0] ?? '')?.[1]}/metrics`;
  const scrape = async (seconds?: number) => {
    const headers = seconds === undefined ? undefined : { 'X-Prometheus-Scrape-Timeout-Seconds': String(seconds) };
    return parseExposition(await (await fetch(url, headers && { headers })).text());
  };
  return { serving, scrape, told, end };
}

type Page = ReturnType<typeof parseExposition>;
const byNode = (page: Page, metric: string) =>
  Object.fromEntries((page.get(metric)?.series ?? []).map(({ labels, value }) => [labels.node, value]));
const engineUp = (page: Page) => page.get('nodectl_engine_up')?.series[0]?.value;

describe('serving the metrics of a host', () => {
  it('tells every node, also in its first scrape, and begins to look before that', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    await nodes.add('two', rpcOn(28_545));
    const { watch, looks } = watched();
    const { scrape, told } = await served(nodes, watch);
    await expect.poll(() => [...looks.keys()]).toEqual(['one', 'two']);
    const page = await scrape();
    expect(byNode(page, 'nodectl_node_scrape_success')).toEqual({ one: 1, two: 1 });
    expect(Object.keys(byNode(page, 'nodectl_node_peers'))).toEqual(['one', 'two']);
    expect(told).toEqual([expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/metrics/)]);
  });

  it('answers at once with the last look', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, looks, behaviour } = watched();
    behaviour.set('one', 'once');
    const { scrape } = await served(nodes, watch, { intervalMs: 60_000 });
    expect(byNode(await scrape(), 'nodectl_node_peers')).toEqual({ one: 1 });
    const began = performance.now();
    expect(byNode(await scrape(), 'nodectl_node_peers')).toEqual({ one: 1 });
    expect(performance.now() - began).toBeLessThan(800);
    expect(looks.get('one')).toBe(1);
  });

  it('shows a node that comes, and no longer one that goes, whose watch it ends', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, ended } = watched();
    const { scrape } = await served(nodes, watch);
    await nodes.add('two', rpcOn(28_545));
    expect(byNode(await scrape(), 'nodectl_node_scrape_success')).toEqual({ one: 1, two: 1 });
    nodes.engine.containers.delete('nodectl-one');
    const page = await scrape();
    for (const { series } of page.values()) expect(series.filter(({ labels }) => labels.node === 'one')).toEqual([]);
    await expect.poll(() => ended).toEqual(['one']);
  });

  it('watches a node that comes also where nobody scrapes', async () => {
    const nodes = fakeNodes();
    const { watch, looks } = watched();
    const { clock } = nodes.world;
    await served(nodes, watch, { clock: { ...clock, sleep: (ms, signal) => clock.sleep(ms / 50, signal) } });
    await nodes.add('one');
    await expect.poll(() => looks.get('one'), { timeout: 5_000 }).toBeGreaterThan(0);
  });

  it('says of a node of which only a part is left that it was not seen, without waiting for it', async () => {
    const nodes = fakeNodes();
    await nodes.add('torn');
    const torn = nodes.engine.containers.get('nodectl-torn');
    if (torn) torn.observed = { ...torn.observed, name: 'nodectl-torn.helper' };
    const { watch, looks } = watched();
    const { scrape } = await served(nodes, watch);
    expect(byNode(await scrape(), 'nodectl_node_scrape_success')).toEqual({ torn: 0 });
    expect(looks.size).toBe(0);
  });

  it('is held up by a node that hangs only as long as the scraper waits, and tells the others', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    await nodes.add('two', rpcOn(28_545));
    const { watch, behaviour } = watched();
    behaviour.set('two', 'hangs');
    const { scrape } = await served(nodes, watch);
    const began = performance.now();
    const page = await scrape(1);
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(1000);
    expect(byNode(page, 'nodectl_node_scrape_success')).toEqual({ one: 1, two: 0 });
    expect(Object.keys(byNode(page, 'nodectl_node_peers'))).toEqual(['one']);
  });

  it('gives the look before while the next one takes long, but none that is older than a look can take', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, behaviour } = watched();
    behaviour.set('one', 'once');
    let ahead = 0;
    const { clock } = nodes.world;
    const { scrape } = await served(nodes, watch, { clock: { ...clock, now: () => clock.now() + ahead } });
    expect(byNode(await scrape(), 'nodectl_node_peers')).toEqual({ one: 1 });
    ahead = 8_000;
    expect(byNode(await scrape(1), 'nodectl_node_peers')).toEqual({ one: 1 });
    ahead = 20_000;
    expect(byNode(await scrape(1), 'nodectl_node_scrape_success')).toEqual({ one: 0 });
  });

  it('looks first at a few of many nodes at a time, and at all of them though some hang', async () => {
    const nodes = fakeNodes();
    const names = Array.from({ length: 12 }, (_, at) => `n${at + 10}`);
    for (const [at, name] of names.entries()) await nodes.add(name, rpcOn(20_000 + 2 * at));
    const { watch, behaviour } = watched();
    for (const name of names.slice(0, 5)) behaviour.set(name, 'hangs');
    let first = 0;
    let most = 0;
    const counted: Watch = async function* (node, signal) {
      first += 1;
      most = Math.max(most, first);
      let seen = false;
      for await (const sample of watch(node, signal)) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (!seen) first -= 1;
        seen = true;
        yield sample;
      }
    };
    const { scrape } = await served(nodes, counted);
    const success = byNode(await scrape(4), 'nodectl_node_scrape_success');
    expect(names.filter((name) => success[name] === 1)).toEqual(names.slice(5));
    expect(most).toBeLessThan(12);
  });

  it('begins anew with a node whose watch failed', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, ended, behaviour } = watched();
    behaviour.set('one', 'fails');
    const { scrape } = await served(nodes, watch);
    expect(byNode(await scrape(1), 'nodectl_node_scrape_success')).toEqual({ one: 0 });
    expect(ended.length).toBeGreaterThan(0);
    behaviour.delete('one');
    expect(byNode(await scrape(1), 'nodectl_node_scrape_success')).toEqual({ one: 1 });
  });

  it('says that the engine is away and which nodes it had, and goes on when it is back', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch } = watched();
    const { scrape } = await served(nodes, watch);
    await nodes.add('two', rpcOn(28_545));
    await scrape();
    const list = nodes.engine.list.bind(nodes.engine);
    nodes.engine.list = () => Promise.reject(new NodectlError('ENGINE_NOT_RUNNING', 'away'));
    const away = await scrape();
    expect([engineUp(away), byNode(away, 'nodectl_node_scrape_success')]).toEqual([0, { one: 0, two: 0 }]);
    expect(away.has('nodectl_node_state')).toBe(false);
    nodes.engine.list = list;
    const back = await scrape();
    expect([engineUp(back), byNode(back, 'nodectl_node_scrape_success')]).toEqual([1, { one: 1, two: 1 }]);
  });

  it('asks an engine that hangs one question however many scrape, and believes its answer when it comes', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch } = watched();
    const { scrape } = await served(nodes, watch);
    const list = nodes.engine.list.bind(nodes.engine);
    let asked = 0;
    let answer: ((found: ContainerSummary[]) => void) | undefined;
    nodes.engine.list = () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const pages = await Promise.all([scrape(0.2), scrape(0.2), scrape(0.2)]);
    expect(pages.map(engineUp)).toEqual([0, 0, 0]);
    expect(engineUp(await scrape(0.2))).toBe(0);
    expect(asked).toBe(1);
    nodes.engine.list = list;
    answer?.([...(await list())]);
    await expect.poll(async () => engineUp(await scrape(0.5))).toBe(1);
  });

  it('ends when the person interrupts, and every watch with it', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, ended } = watched();
    const { scrape, serving } = await served(nodes, watch);
    await scrape();
    nodes.interrupt();
    await serving;
    await expect.poll(() => ended).toEqual(['one']);
  });

  it('begins nothing after its end, also where the engine answers only then', async () => {
    const nodes = fakeNodes();
    const { watch, looks } = watched();
    const { scrape, serving } = await served(nodes, watch);
    await nodes.add('one');
    const found = await nodes.engine.list();
    let answer: (() => void) | undefined;
    nodes.engine.list = () =>
      new Promise((resolve) => {
        answer = () => resolve([...found]);
      });
    const cut = expect(scrape()).rejects.toThrow('fetch failed');
    await expect.poll(() => answer).toBeDefined();
    nodes.interrupt();
    await serving;
    await cut;
    answer?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(looks.size).toBe(0);
  });

  it('ends with a bug of ours, and does not hide it', async () => {
    const nodes = fakeNodes();
    await nodes.add('one');
    const { watch, behaviour } = watched();
    const { serving, scrape } = await served(nodes, watch);
    await scrape();
    behaviour.set('one', 'breaks');
    await expect(serving).rejects.toThrow(TypeError);
    await expect(scrape()).rejects.toThrow('fetch failed');
  });

  it('warns who lets other machines read', async () => {
    const { told } = await served(fakeNodes(), watched().watch, { host: '0.0.0.0' });
    await expect.poll(() => told).toEqual([expect.stringContaining('0.0.0.0:'), expect.stringMatching(/^! .*password/)]);
  });

  it.each([
    ['away', () => Promise.reject(new NodectlError('ENGINE_NOT_RUNNING', 'away')), 'ENGINE_NOT_RUNNING'],
    ['silent', () => new Promise<never>(() => {}), 'ENGINE_UNREACHABLE'],
  ])('does not begin with an engine that is %s', async (_word, list, code) => {
    const nodes = fakeNodes();
    nodes.engine.list = list;
    const { clock } = nodes.world;
    const hurried: Clock = { ...clock, sleep: (ms, signal) => clock.sleep(ms / 50, signal) };
    const world: World = { ...nodes.world, clock: hurried, metricsServer: async () => metricsServer() };
    const serving = serveMetrics({ listen: { host: '127.0.0.1', port: 0 }, intervalMs: 100 }, watched().watch, world);
    expect((await errorOfPromise(serving)).code).toBe(code);
  });
});
