import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { type ContractBench, MIB, refused, somePort } from './contract-bench.ts';

/** What containers are, what they are called and how they are found. */
export function containerIdentityContract(on: ContractBench): void {
  it('observes nothing where nothing is', async () => {
    on.fresh();
    expect(await on.engine.observe(on.parts)).toEqual({
      ...{ container: undefined, volume: undefined, consensus: undefined },
      ...{ volumes: [], leftovers: [], foreign: [] },
    });
    expect(await on.engine.inspect(on.name)).toBeUndefined();
    expect(await on.engine.usage(on.name)).toBeUndefined();
    expect(await on.engine.waitForExit(on.name)).toBeUndefined();
  });

  it('tells about itself', async () => {
    const info = await on.engine.info();
    expect(info.cpus).toBeGreaterThan(0);
    expect(info.memory).toBeGreaterThan(0);
    expect(['amd64', 'arm64']).toContain(info.architecture);
    expect([1, 2]).toContain(info.cgroupVersion);
  });

  it('gives back what a container was created with', async () => {
    on.fresh();
    const ports = [{ hostIp: '127.0.0.1', hostPort: somePort(), containerPort: 8545, protocol: 'tcp' as const }];
    const id = await on.engine.createContainer(on.spec(['serve', '--flag'], { ports }));
    const seen = await on.engine.inspect(on.name);
    expect(seen).toMatchObject({
      id,
      name: on.name,
      labels: { [LABEL_NODE]: on.name },
      imageRef: on.image,
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
    expect(seen?.mounts).toMatchObject([{ volume: on.name, target: '/data' }]);
    expect(seen?.imageId).toBe((await on.engine.image(on.image))?.id);
  });

  it('reads a swap limit of 0 as twice the memory', async () => {
    on.fresh();
    await on.engine.createContainer(on.spec(['serve'], { limits: { memory: 64 * MIB, memorySwap: 0, nanoCpus: 0, pids: 0 } }));
    expect((await on.engine.inspect(on.name))?.limits.memorySwap).toBe(128 * MIB);
  });

  it('lists what carries the label, and what was left behind', async () => {
    on.fresh();
    await on.serve();
    await on.engine.createContainer(on.spec(['serve'], { name: `${on.name}.helper`, mounts: [] }));
    await on.engine.createContainer(on.spec(['serve'], { name: `${on.name}.foreign`, labels: {}, mounts: [] }));
    const names = (await on.engine.list()).map((found) => found.name);
    expect(names).toEqual(expect.arrayContaining([on.name, `${on.name}.helper`]));
    expect(names).not.toContain(`${on.name}.foreign`);
    const seen = await on.engine.observe(on.parts);
    expect(seen.container?.name).toBe(on.name);
    expect(seen.leftovers).toMatchObject([{ name: `${on.name}.helper`, state: 'created', ports: [] }]);
    await on.engine.removeContainer(`${on.name}.foreign`, { force: true });
  });

  it('gives a container another name, unless that is taken', async () => {
    on.fresh();
    await on.serve();
    const id = (await on.engine.inspect(on.name))?.id;
    await on.engine.renameContainer(on.name, `${on.name}.former`);
    expect(await on.engine.inspect(on.name)).toBeUndefined();
    expect(await on.engine.inspect(`${on.name}.former`)).toMatchObject({ id, name: `${on.name}.former`, state: 'running' });
    await on.engine.createContainer(on.spec(['serve']));
    await refused('NAME_TAKEN', on.engine.renameContainer(`${on.name}.former`, on.name));
    await refused('NO_SUCH_NODE', on.engine.renameContainer(`${on.name}.absent`, `${on.name}.other`));
  });

  it('refuses a name that exists and an image that does not', async () => {
    on.fresh();
    await on.engine.createContainer(on.spec(['serve']));
    await refused('NAME_TAKEN', on.engine.createContainer(on.spec(['serve'])));
    on.fresh();
    await refused('NO_SUCH_IMAGE', on.engine.createContainer(on.spec(['serve'], { image: 'nodectl-test/absent:v0' })));
  });

  it('refuses limits that cannot be', async () => {
    on.fresh();
    const limits = { memory: 64 * MIB, memorySwap: 32 * MIB, nanoCpus: 0, pids: 0 };
    await refused('ENGINE_FAILED', on.engine.createContainer(on.spec(['serve'], { limits })));
  });
}
