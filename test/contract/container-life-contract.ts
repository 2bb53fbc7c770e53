import { expect, it } from 'vitest';
import { type ContractBench, MIB, refused, somePort } from './contract-bench.ts';

/** How containers start, end and change. */
export function containerLifeContract(on: ContractBench): void {
  it('starts, stops and removes once, however often it is asked', async () => {
    on.fresh();
    await on.serve();
    await on.engine.startContainer(on.name);
    const running = await on.engine.inspect(on.name);
    expect(running).toMatchObject({ state: 'running', finishedAt: 0 });
    expect(running?.pid).toBeGreaterThan(0);
    expect(running?.startedAt).toBeGreaterThan(0);
    expect(await on.printed(on.name, 'serving')).toBe(true);

    await on.engine.stopContainer(on.name, 20);
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'exited', exitCode: 0, pid: 0 });
    expect(await on.engine.waitForExit(on.name)).toEqual({ exitCode: 0 });

    await on.engine.startContainer(on.name);
    // When it ended last is still told while it runs again.
    const again = await on.engine.inspect(on.name);
    expect(again?.finishedAt).toBeGreaterThan(running?.startedAt ?? Number.POSITIVE_INFINITY);
    expect(again?.startedAt).toBeGreaterThan(again?.finishedAt ?? Number.POSITIVE_INFINITY);
    await refused('CONVERGENCE_FAILED', on.engine.removeContainer(on.name, { force: false }));
    await on.engine.removeContainer(on.name, { force: true });
    await on.engine.removeContainer(on.name, { force: true });
    const left = await on.engine.observe(on.parts);
    expect(left.container).toBeUndefined();
    expect(left.volume?.name).toBe(on.name);
  });

  it('kills what does not end in time', async () => {
    on.fresh();
    await on.run(['deaf']);
    await on.printed(on.name, 'serving');
    await on.engine.stopContainer(on.name, 1);
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  it('stops with the signal that the container was made with', async () => {
    on.fresh();
    await on.run(['interruptible'], { stopSignal: 'SIGINT' });
    await on.printed(on.name, 'ready');
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'exited', exitCode: 0 });
    on.fresh();
    await on.run(['interruptible']);
    await on.printed(on.name, 'ready');
    await on.engine.stopContainer(on.name, 1);
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'exited', exitCode: 137 });
  });

  it('runs another program of the image where one is named', async () => {
    on.fresh();
    await on.run(['3'], { entrypoint: ['/probe', 'exit'] });
    expect(await on.engine.waitForExit(on.name)).toEqual({ exitCode: 3 });
  });

  it('waits for an end, and for no longer than it is wanted', async () => {
    on.fresh();
    await on.run(['exit', '3']);
    expect(await on.engine.waitForExit(on.name)).toEqual({ exitCode: 3 });
    on.fresh();
    await on.serve();
    const waiting = new AbortController();
    const end = on.engine.waitForExit(on.name, waiting.signal);
    waiting.abort();
    await refused('INTERRUPTED', end);
  });

  it('says that a container is not there to be started, stopped or changed', async () => {
    on.fresh();
    await refused('NO_SUCH_NODE', on.engine.startContainer(on.name));
    await refused('NO_SUCH_NODE', on.engine.stopContainer(on.name, 1));
    await refused('NO_SUCH_NODE', on.engine.updateLimits(on.name, { memory: 64 * MIB, memorySwap: 64 * MIB }));
    await refused('NO_SUCH_NODE', on.lines(on.name));
  });

  it('changes the limits of a running container', async () => {
    on.fresh();
    await on.serve();
    await on.engine.updateLimits(on.name, { memory: 128 * MIB, memorySwap: 256 * MIB, nanoCpus: 250_000_000 });
    const limits = (await on.engine.inspect(on.name))?.limits;
    expect(limits).toEqual({ memory: 128 * MIB, memorySwap: 256 * MIB, nanoCpus: 250_000_000, pids: 100 });
  });

  it('refuses to start on a port in use, and tells which are', async () => {
    on.fresh();
    const ports = [{ hostIp: '127.0.0.1', hostPort: somePort(), containerPort: 8545, protocol: 'tcp' as const }];
    await on.serve({ ports });
    const first = on.name;
    expect(await on.engine.publishedPorts()).toContainEqual({ ...ports[0], container: first });
    on.fresh();
    await on.engine.createContainer(on.spec(['serve'], { ports }));
    await refused('PORT_TAKEN', on.engine.startContainer(on.name));
    expect(await on.engine.inspect(on.name)).toMatchObject({ pid: 0, startedAt: 0 });
    await on.engine.stopContainer(first, 20);
    // Engine 26 lists a container as running for a moment after its stop has been answered.
    const holders = async () => (await on.engine.publishedPorts()).map((port) => port.container);
    await expect.poll(holders, { timeout: 10_000 }).not.toContain(first);
    await on.engine.startContainer(on.name);
  });
}
