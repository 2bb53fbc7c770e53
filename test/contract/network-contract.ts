import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** Networks, and the addresses that containers have in them. */
export function networkContract(on: ContractBench): void {
  const network = (name = on.name) => ({ name, labels: { [LABEL_NODE]: on.name } });
  const create = (name = on.name) => on.engine.createNetwork(network(name));
  const remove = (name = on.name) => on.engine.removeNetwork(network(name));

  it('gives a container an address in its network while it runs', async () => {
    on.fresh();
    await create();
    await on.engine.createContainer(on.spec(['serve'], { network: on.name }));
    expect((await on.engine.inspect(on.name))?.addresses).toEqual({ [on.name]: '' });
    await on.engine.startContainer(on.name);
    await on.printed(on.name, 'ready');
    expect((await on.engine.inspect(on.name))?.addresses).toEqual({ [on.name]: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) });
    await on.engine.stopContainer(on.name, 20);
    expect((await on.engine.inspect(on.name))?.addresses).toEqual({ [on.name]: '' });
  });

  it('keeps a network while a container runs in it, and removes it once', async () => {
    on.fresh();
    await create();
    await on.serve({ network: on.name });
    expect(await remove()).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await remove()).toBe(true);
    expect(await remove()).toBe(true);
  });

  it('removes the network of that name only', async () => {
    on.fresh();
    await create(`${on.name}.longer`);
    await on.serve({ network: `${on.name}.longer` });
    expect(await remove()).toBe(true);
    await create();
    expect(await remove(`${on.name}.longer`)).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await remove(`${on.name}.longer`)).toBe(true);
  });

  it('leaves a network of that name alone that lacks the labels', async () => {
    on.fresh();
    await on.engine.createNetwork({ name: on.name, labels: { theirs: 'yes' } });
    expect(await remove()).toBe(true);
    // Only where it is still there does a container start in it.
    await on.serve({ network: on.name });
    await on.engine.stopContainer(on.name, 20);
    await on.engine.removeNetwork({ name: on.name, labels: { theirs: 'yes' } });
  });

  it('leaves a network that exists as it is, also when twenty ask at once', async () => {
    on.fresh();
    await Promise.all(Array.from({ length: 20 }, () => create()));
    // An engine that has two networks of one name starts no container in them.
    await on.serve({ network: on.name });
    await create();
    expect(await remove()).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await remove()).toBe(true);
  }, 90_000);

  it('starts a container in the network of its name also when that was removed and made again', async () => {
    on.fresh();
    await create();
    await on.serve({ network: on.name });
    await on.engine.stopContainer(on.name, 20);
    await remove();
    await create();
    await on.engine.startContainer(on.name);
    expect((await on.engine.inspect(on.name))?.addresses).toEqual({ [on.name]: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) });
  });

  it('starts no container in a network that is not there', async () => {
    on.fresh();
    await refused('ENGINE_FAILED', on.run(['serve'], { network: `${on.name}.absent` }));
  });
}
