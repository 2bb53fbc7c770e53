import { afterEach, beforeAll, expect, it } from 'vitest';
import { NodectlError } from '../../src/errors.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { ContainerSpec, Engine, LogLine, LogQuery } from '../../src/ports.ts';

/** An engine with the probe image on it. */
export interface ContractSubject {
  readonly engine: Engine;
  /** A reference of the probe image. */
  readonly image: string;
}

const MIB = 2 ** 20;

/** What every engine must do for nodectl, run on the fake one and on real ones. Leaves nothing behind. */
export function engineContract(open: () => Promise<ContractSubject>): void {
  let engine: Engine;
  let image: string;
  let serial = 0;
  let node = '';
  let container = '';
  let volume = '';

  beforeAll(async () => {
    ({ engine, image } = await open());
  });

  afterEach(async () => {
    const made = (await engine.list()).filter((found) => found.labels[LABEL_NODE]?.startsWith(prefix()));
    for (const found of made) await engine.removeContainer(found.name, { force: true });
    for (let index = 1; index <= serial; index++) await engine.removeVolume(`${prefix()}${index}`);
    serial = 0;
  });

  const fresh = () => {
    serial += 1;
    node = `${prefix()}${serial}`;
    container = node;
    volume = node;
  };

  const spec = (args: readonly string[], changes: Partial<ContainerSpec> = {}): ContainerSpec => ({
    name: container,
    image,
    args,
    env: { COLOUR: 'a=b' },
    labels: { [LABEL_NODE]: node, 'nodectl.role': 'execution' },
    user: '1000:1000',
    limits: { memory: 64 * MIB, memorySwap: 96 * MIB, nanoCpus: 500_000_000, pids: 100 },
    nofile: 2048,
    mounts: [{ volume, target: '/data' }],
    tmpfs: { '/tmp': 'rw,size=1m' },
    ports: [],
    stopTimeoutSeconds: 300,
    restart: 'no',
    log: { maxSize: '1m', maxFiles: 2 },
    readOnlyRoot: true,
    network: 'bridge',
    ...changes,
  });

  const run = async (args: readonly string[], changes: Partial<ContainerSpec> = {}) => {
    await engine.createContainer(spec(args, changes));
    await engine.startContainer(changes.name ?? container);
  };
  const lines = async (name: string, query: LogQuery = {}): Promise<LogLine[]> => {
    const all: LogLine[] = [];
    for await (const line of engine.logs(name, query)) all.push(line);
    return all;
  };
  const printed = async (name: string, wanted: string) => {
    for await (const line of engine.logs(name, { follow: true })) if (line.text === wanted) return true;
    return false;
  };

  it('observes nothing where nothing is', async () => {
    fresh();
    expect(await engine.observe({ name: node, container, volume })).toEqual({ container: undefined, volume: undefined, leftovers: [] });
    expect(await engine.inspect(container)).toBeUndefined();
    expect(await engine.usage(container)).toBeUndefined();
    expect(await engine.waitForExit(container)).toBeUndefined();
  });

  it('tells about itself', async () => {
    const info = await engine.info();
    expect(info.cpus).toBeGreaterThan(0);
    expect(info.memory).toBeGreaterThan(0);
    expect(['amd64', 'arm64']).toContain(info.architecture);
    expect([1, 2]).toContain(info.cgroupVersion);
  });

  it('leaves an existing volume as it is', async () => {
    fresh();
    await engine.createVolume({ name: volume, labels: { first: 'yes' } });
    await engine.createVolume({ name: volume, labels: { second: 'yes' } });
    const { volume: seen } = await engine.observe({ name: node, container, volume });
    expect(seen?.labels).toEqual({ first: 'yes' });
    expect(seen?.mountpoint).toContain(volume);
    expect(Math.abs((seen?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
    await engine.removeVolume(volume);
    await engine.removeVolume(volume);
    expect((await engine.observe({ name: node, container, volume })).volume).toBeUndefined();
  });

  it('gives back what a container was created with', async () => {
    fresh();
    const ports = [{ hostIp: '127.0.0.1', hostPort: somePort(), containerPort: 8545, protocol: 'tcp' as const }];
    const id = await engine.createContainer(spec(['serve', '--flag'], { ports }));
    const seen = await engine.inspect(container);
    expect(seen).toMatchObject({
      id,
      name: container,
      labels: { [LABEL_NODE]: node },
      imageRef: image,
      state: 'created',
      startedAt: 0,
      finishedAt: 0,
      pid: 0,
      args: ['serve', '--flag'],
      limits: { memory: 64 * MIB, memorySwap: 96 * MIB, nanoCpus: 500_000_000, pids: 100 },
      stopTimeoutSeconds: 300,
      ports,
      tty: false,
    });
    expect(seen?.env).toMatchObject({ COLOUR: 'a=b' });
    expect(seen?.mounts).toMatchObject([{ volume, target: '/data' }]);
    expect(seen?.imageId).toBe((await engine.image(image))?.id);
  });

  it('refuses a name that exists and an image that does not', async () => {
    fresh();
    await engine.createContainer(spec(['serve']));
    await refused('NAME_TAKEN', engine.createContainer(spec(['serve'])));
    fresh();
    await refused('NO_SUCH_IMAGE', engine.createContainer(spec(['serve'], { image: 'nodectl-test/absent:v0' })));
  });

  it('reads a swap limit of 0 as twice the memory', async () => {
    fresh();
    await engine.createContainer(spec(['serve'], { limits: { memory: 64 * MIB, memorySwap: 0, nanoCpus: 0, pids: 0 } }));
    expect((await engine.inspect(container))?.limits.memorySwap).toBe(128 * MIB);
  });

  it('refuses limits that cannot be', async () => {
    fresh();
    const limits = { memory: 64 * MIB, memorySwap: 32 * MIB, nanoCpus: 0, pids: 0 };
    await refused('ENGINE_FAILED', engine.createContainer(spec(['serve'], { limits })));
  });

  it('starts, stops and removes once, however often it is asked', async () => {
    fresh();
    await run(['serve']);
    await engine.startContainer(container);
    const running = await engine.inspect(container);
    expect(running).toMatchObject({ state: 'running', finishedAt: 0 });
    expect(running?.pid).toBeGreaterThan(0);
    expect(running?.startedAt).toBeGreaterThan(0);
    expect(await printed(container, 'serving')).toBe(true);

    await engine.stopContainer(container, 20);
    await engine.stopContainer(container, 20);
    expect(await engine.inspect(container)).toMatchObject({ state: 'exited', exitCode: 0, pid: 0 });
    expect(await engine.waitForExit(container)).toEqual({ exitCode: 0 });

    await engine.startContainer(container);
    await refused('ENGINE_FAILED', engine.removeContainer(container, { force: false }));
    await engine.removeContainer(container, { force: true });
    await engine.removeContainer(container, { force: true });
    const left = await engine.observe({ name: node, container, volume });
    expect(left.container).toBeUndefined();
    expect(left.volume?.name).toBe(volume);
  });

  it('kills what does not end in time', async () => {
    fresh();
    await run(['deaf']);
    await printed(container, 'serving');
    await engine.stopContainer(container, 1);
    expect(await engine.inspect(container)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  it('waits for an end, and for no longer than it is wanted', async () => {
    fresh();
    await run(['exit', '3']);
    expect(await engine.waitForExit(container)).toEqual({ exitCode: 3 });
    fresh();
    await run(['serve']);
    const waiting = new AbortController();
    const end = engine.waitForExit(container, waiting.signal);
    waiting.abort();
    await refused('INTERRUPTED', end);
  });

  it('says that a container is not there to be started, stopped or changed', async () => {
    fresh();
    await refused('NO_SUCH_NODE', engine.startContainer(container));
    await refused('NO_SUCH_NODE', engine.stopContainer(container, 1));
    await refused('NO_SUCH_NODE', engine.updateLimits(container, { memory: 64 * MIB, memorySwap: 64 * MIB }));
    await refused('NO_SUCH_NODE', lines(container));
  });

  it('refuses to start on a port in use, and tells which are', async () => {
    fresh();
    const ports = [{ hostIp: '127.0.0.1', hostPort: somePort(), containerPort: 8545, protocol: 'tcp' as const }];
    await run(['serve'], { ports });
    const first = container;
    expect(await engine.publishedPorts()).toContainEqual({ ...ports[0], container: first });
    fresh();
    await engine.createContainer(spec(['serve'], { ports }));
    await refused('PORT_TAKEN', engine.startContainer(container));
    expect(await engine.inspect(container)).toMatchObject({ pid: 0, startedAt: 0 });
    await engine.stopContainer(first, 20);
    // Engine 26 lists a container as running for a moment after its stop has been answered.
    const holders = async () => (await engine.publishedPorts()).map((port) => port.container);
    await expect.poll(holders, { timeout: 10_000 }).not.toContain(first);
    await engine.startContainer(container);
  });

  it('changes the limits of a running container', async () => {
    fresh();
    await run(['serve']);
    await engine.updateLimits(container, { memory: 128 * MIB, memorySwap: 256 * MIB, nanoCpus: 250_000_000 });
    const limits = (await engine.inspect(container))?.limits;
    expect(limits).toEqual({ memory: 128 * MIB, memorySwap: 256 * MIB, nanoCpus: 250_000_000, pids: 100 });
  });

  it('gives the log by line, with stream and time', async () => {
    fresh();
    await run(['lines', '5000']);
    await engine.waitForExit(container);
    const all = await lines(container);
    expect(all).toHaveLength(5000);
    expect(all.at(-1)).toMatchObject({ stream: 'stdout', text: 'line 5000' });
    expect(Number.isNaN(Date.parse(all[0]?.time ?? ''))).toBe(false);
    expect((await lines(container, { tail: 2 })).map((line) => line.text)).toEqual(['line 4999', 'line 5000']);
    expect(await lines(container, { since: Date.now() + 60_000 })).toEqual([]);
  });

  it('follows the log to the end, or until nobody listens', async () => {
    fresh();
    await run(['serve']);
    const following = lines(container, { follow: true });
    expect(await printed(container, 'ready')).toBe(true);
    const quitting = new AbortController();
    const quit = lines(container, { follow: true, signal: quitting.signal });
    quitting.abort();
    await quit;
    await engine.stopContainer(container, 20);
    const all = await following;
    expect(all.map((line) => line.text).toSorted()).toEqual(['ready', 'serving', 'stopped']);
    expect(all.find((line) => line.text === 'ready')?.stream).toBe('stderr');
  });

  it('lists what carries the label, and what was left behind', async () => {
    fresh();
    await run(['serve']);
    await engine.createContainer(spec(['serve'], { name: `${container}.helper`, mounts: [] }));
    await engine.createContainer(spec(['serve'], { name: `${container}.foreign`, labels: {}, mounts: [] }));
    const names = (await engine.list()).map((found) => found.name);
    expect(names).toEqual(expect.arrayContaining([container, `${container}.helper`]));
    expect(names).not.toContain(`${container}.foreign`);
    const seen = await engine.observe({ name: node, container, volume });
    expect(seen.container?.name).toBe(container);
    expect(seen.leftovers).toMatchObject([{ name: `${container}.helper`, state: 'created', ports: [] }]);
    await engine.removeContainer(`${container}.foreign`, { force: true });
  });

  it('gives a container another name, unless that is taken', async () => {
    fresh();
    await run(['serve']);
    const id = (await engine.inspect(container))?.id;
    await engine.renameContainer(container, `${container}.former`);
    expect(await engine.inspect(container)).toBeUndefined();
    expect(await engine.inspect(`${container}.former`)).toMatchObject({ id, name: `${container}.former`, state: 'running' });
    await engine.createContainer(spec(['serve']));
    await refused('NAME_TAKEN', engine.renameContainer(`${container}.former`, container));
    await refused('NO_SUCH_NODE', engine.renameContainer(`${container}.absent`, `${container}.other`));
  });

  it('keeps a volume that a container holds', async () => {
    fresh();
    await engine.createContainer(spec(['serve']));
    await refused('ENGINE_FAILED', engine.removeVolume(volume));
  });

  it('makes a user the owner of a volume', async () => {
    fresh();
    await own();
    await run(['owner', '/data']);
    await engine.waitForExit(container);
    expect((await lines(container)).map((line) => line.text)).toEqual(['1000:1000 700']);
    expect((await engine.observe({ name: node, container, volume })).leftovers).toEqual([]);
  });

  it('makes a user the owner of a volume, even when twenty ask at once', async () => {
    fresh();
    await engine.createContainer(
      spec([], { name: `${container}.helper`, mounts: [{ volume, target: '/nodectl-volume' }], readOnlyRoot: false }),
    );
    await Promise.all(Array.from({ length: 20 }, own));
    await run(['owner', '/data']);
    await engine.waitForExit(container);
    expect((await lines(container)).map((line) => line.text)).toEqual(['1000:1000 700']);
    expect((await engine.observe({ name: node, container, volume })).leftovers).toEqual([]);
  }, 90_000);

  it("does not touch somebody else's container under the helper's name", async () => {
    fresh();
    await engine.createContainer(spec(['serve'], { name: `${container}.helper`, labels: { theirs: 'yes' }, mounts: [] }));
    await refused('NAME_TAKEN', own());
    expect((await engine.inspect(`${container}.helper`))?.labels).toMatchObject({ theirs: 'yes' });
    await engine.removeContainer(`${container}.helper`, { force: true });
  });

  it('asks an image one question and leaves nothing', async () => {
    fresh();
    const labels = { [LABEL_NODE]: node };
    expect(await engine.runOnce(image, ['exit', '7'], labels)).toEqual({ exitCode: 7, output: 'leaving with 7\n' });
    expect((await engine.runOnce(image, ['lines', '2'], labels)).output).toBe('line 1\nline 2\n');
    expect((await engine.observe({ name: node, container, volume })).leftovers).toEqual([]);
    await refused('NO_SUCH_IMAGE', engine.runOnce('nodectl-test/absent:v0', [], labels));
  });

  it('knows the images it has', async () => {
    expect(await engine.image(image)).toMatchObject({ id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), os: 'linux', tags: [image] });
    expect(await engine.image('nodectl-test/absent:v0')).toBeUndefined();
    await refused('NO_SUCH_IMAGE', engine.image('../../etc'));
    await refused('NO_SUCH_IMAGE', engine.image(''));
  });

  it('tells what a running container and a volume use', async () => {
    fresh();
    await engine.createVolume({ name: volume, labels: {} });
    await run(['serve']);
    const usage = await engine.usage(container);
    expect(usage?.memory).toBeGreaterThan(0);
    expect(await engine.volumeSize(volume)).toBeGreaterThanOrEqual(0);
    await engine.stopContainer(container, 20);
    expect(await engine.usage(container)).toBeUndefined();
  });

  function own(): Promise<void> {
    return engine.ownVolume({ volume, image, helper: `${container}.helper`, labels: { [LABEL_NODE]: node }, uid: 1000, gid: 1000 });
  }
}

function prefix(): string {
  return `ta-contract-${process.pid}-`;
}

/** A port that nothing else is likely to hold; the engine may live in another network namespace. */
function somePort(): number {
  return 20_000 + Math.floor(Math.random() * 12_000);
}

async function refused(code: NodectlError['code'], attempt: Promise<unknown>): Promise<void> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NodectlError);
  expect((error as NodectlError).code).toBe(code);
}
