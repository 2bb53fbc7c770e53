import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { LABEL_NODE, LABEL_ROLE } from '../../src/node/labels.ts';
import { chainNetworkName, consensusNames, nodeNetworkName, secretVolume } from '../../src/node/names.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** Volumes with their owners, and images. */
export function volumeAndImageContract(on: ContractBench): void {
  it('leaves an existing volume as it is', async () => {
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: { first: 'yes' } });
    await on.engine.createVolume({ name: on.name, labels: { second: 'yes' } });
    const { volume: seen } = await on.engine.observe(on.parts);
    expect(seen?.labels).toEqual({ first: 'yes' });
    expect(seen?.mountpoint).toContain(on.name);
    expect(Math.abs((seen?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
    await on.engine.removeVolume(on.name);
    await on.engine.removeVolume(on.name);
    expect((await on.engine.observe(on.parts)).volume).toBeUndefined();
  });

  it('makes a volume with the words of the local driver, and tells them', async () => {
    on.fresh();
    const options = { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' };
    await on.engine.createVolume({ name: on.name, labels: {}, options });
    const { volume: seen } = await on.engine.observe(on.parts);
    await on.engine.removeVolume(on.name);
    expect(seen?.options).toEqual(options);
  });

  it("tells what bears a name of the node's parts and not its label", async () => {
    on.fresh();
    const further = [consensusNames(on.name).volume, secretVolume(on.name)];
    const network = nodeNetworkName(on.name);
    const longer = `${further[0]}.longer`;
    const foreign = async (labels: Readonly<Record<string, string>>) => {
      for (const name of [on.name, ...further, longer]) await on.engine.createVolume({ name, labels });
      await on.engine.createNetwork({ name: network, labels });
      // Of whichever private chain; other tests may have made theirs.
      const seen = (await on.engine.observe(on.parts)).foreign.filter(({ name }) => name.includes(on.name));
      for (const name of [on.name, ...further, longer]) await on.engine.removeVolume(name);
      await on.engine.removeNetwork({ name: network, labels });
      return seen.map(({ kind, name }) => `${kind} ${name}`).sort();
    };
    const all = [`network ${network}`, ...[on.name, ...further].map((name) => `volume ${name}`)].sort();
    expect(await foreign({})).toEqual(all);
    expect(await foreign({ [LABEL_NODE]: 'another' })).toEqual(all);
    expect(await foreign({ [LABEL_NODE]: on.name })).toEqual([]);
  });

  it("tells what bears the name of a private chain's network and not its label", async () => {
    on.fresh();
    const name = chainNetworkName(randomBytes(6).toString('hex'));
    const foreign = async (labels: Readonly<Record<string, string>>, of = name) => {
      await on.engine.createNetwork({ name: of, labels });
      const seen = (await on.engine.observe(on.parts)).foreign;
      await on.engine.removeNetwork({ name: of, labels });
      return seen.filter((part) => part.kind === 'network' && part.name === of).length;
    };
    expect([await foreign({}), await foreign({ [LABEL_ROLE]: 'helper' }), await foreign({ [LABEL_ROLE]: 'network' })]).toEqual([1, 1, 0]);
    expect(await foreign({ [LABEL_ROLE]: 'network', [LABEL_NODE]: 'another' })).toBe(1);
    expect(await foreign({}, `${name}.longer`)).toBe(0);
  });

  it('keeps a volume that a container holds', async () => {
    on.fresh();
    await on.engine.createContainer(on.spec(['serve']));
    await refused('ENGINE_FAILED', on.engine.removeVolume(on.name));
  });

  it('makes a user the owner of a volume', async () => {
    on.fresh();
    await on.own();
    await on.run(['owner', '/data']);
    await on.engine.waitForExit(on.name);
    expect((await on.lines(on.name)).map((line) => line.text)).toEqual(['1000:1000 700']);
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  });

  it('makes a user the owner of a volume, even when twenty ask at once', async () => {
    on.fresh();
    await on.engine.createContainer(
      on.spec([], { name: `${on.name}.helper`, mounts: [{ volume: on.name, target: '/nodectl-volume' }], readOnlyRoot: false }),
    );
    await Promise.all(Array.from({ length: 20 }, () => on.own()));
    await on.run(['owner', '/data']);
    await on.engine.waitForExit(on.name);
    expect((await on.lines(on.name)).map((line) => line.text)).toEqual(['1000:1000 700']);
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  }, 90_000);

  it("does not touch somebody else's container under the helper's name", async () => {
    on.fresh();
    await on.engine.createContainer(on.spec(['serve'], { name: `${on.name}.helper`, labels: { theirs: 'yes' }, mounts: [] }));
    await refused('NAME_TAKEN', on.own());
    expect((await on.engine.inspect(`${on.name}.helper`))?.labels).toMatchObject({ theirs: 'yes' });
    await on.engine.removeContainer(`${on.name}.helper`, { force: true });
  });

  it('asks an image one question and leaves nothing', async () => {
    on.fresh();
    const labels = { [LABEL_NODE]: on.name };
    expect(await on.engine.runOnce(on.image, ['exit', '7'], labels)).toEqual({ exitCode: 7, output: 'leaving with 7\n' });
    expect((await on.engine.runOnce(on.image, ['lines', '2'], labels)).output).toBe('line 1\nline 2\n');
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
    await refused('NO_SUCH_IMAGE', on.engine.runOnce('nodectl-test/absent:v0', [], labels));
  });

  it('knows the images it has', async () => {
    expect(await on.engine.image(on.image)).toMatchObject({
      id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      os: 'linux',
      tags: [on.image],
    });
    expect(await on.engine.image('nodectl-test/absent:v0')).toBeUndefined();
    await refused('NO_SUCH_IMAGE', on.engine.image('../../etc'));
    await refused('NO_SUCH_IMAGE', on.engine.image(''));
  });
}
