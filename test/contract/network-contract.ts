import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** Networks, and the addresses that containers have in them. */
export function networkContract(on: ContractBench): void {
  const create = (name = on.name) => on.engine.createNetwork({ name, labels: { [LABEL_NODE]: on.name } });

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
    expect(await on.engine.removeNetwork(on.name)).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.removeNetwork(on.name)).toBe(true);
    expect(await on.engine.removeNetwork(on.name)).toBe(true);
  });

  it('removes the network of that name only', async () => {
    on.fresh();
    await create(`${on.name}.longer`);
    await on.serve({ network: `${on.name}.longer` });
    expect(await on.engine.removeNetwork(on.name)).toBe(true);
    await create();
    expect(await on.engine.removeNetwork(`${on.name}.longer`)).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.removeNetwork(`${on.name}.longer`)).toBe(true);
  });

  it('leaves a network that exists as it is, also when twenty ask at once', async () => {
    on.fresh();
    await Promise.all(Array.from({ length: 20 }, () => create()));
    // An engine that has two networks of one name starts no container in them.
    await on.serve({ network: on.name });
    await create();
    expect(await on.engine.removeNetwork(on.name)).toBe(false);
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.removeNetwork(on.name)).toBe(true);
  }, 90_000);

  it('starts a container in the network of its name also when that was removed and made again', async () => {
    on.fresh();
    await create();
    await on.serve({ network: on.name });
    await on.engine.stopContainer(on.name, 20);
    await on.engine.removeNetwork(on.name);
    await create();
    await on.engine.startContainer(on.name);
    expect((await on.engine.inspect(on.name))?.addresses).toEqual({ [on.name]: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) });
  });

  it('starts no container in a network that is not there', async () => {
    on.fresh();
    await refused('ENGINE_FAILED', on.run(['serve'], { network: `${on.name}.absent` }));
  });
}
