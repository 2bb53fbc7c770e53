import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { ContractBench } from './contract-bench.ts';

/** What containers print and use. */
export function outputContract(on: ContractBench): void {
  it('gives the log by line, with stream and time', async () => {
    on.fresh();
    await on.run(['lines', '5000']);
    await on.engine.waitForExit(on.name);
    const all = await on.lines(on.name);
    expect(all).toHaveLength(5000);
    expect(all.at(-1)).toMatchObject({ stream: 'stdout', text: 'line 5000' });
    expect(Number.isNaN(Date.parse(all[0]?.time ?? ''))).toBe(false);
    expect((await on.lines(on.name, { tail: 2 })).map((line) => line.text)).toEqual(['line 4999', 'line 5000']);
    expect(await on.lines(on.name, { since: Date.now() + 60_000 })).toEqual([]);
    expect(await on.lines(on.name, { until: Date.parse(all[0]?.time ?? '') - 60_000 })).toEqual([]);
    expect(await on.lines(on.name, { until: Date.now() + 60_000 })).toHaveLength(5000);
  });

  it('follows the log to the end, or until nobody listens', async () => {
    on.fresh();
    await on.serve();
    const following = on.lines(on.name, { follow: true });
    expect(await on.printed(on.name, 'ready')).toBe(true);
    const quitting = new AbortController();
    const quit = on.lines(on.name, { follow: true, signal: quitting.signal });
    quitting.abort();
    await quit;
    await on.engine.stopContainer(on.name, 20);
    const all = await following;
    expect(all.map((line) => line.text).toSorted()).toEqual(['ready', 'serving', 'stopped']);
    expect(all.find((line) => line.text === 'ready')?.stream).toBe('stderr');
  });

  it('tells what a running container and a volume use', async () => {
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: {} });
    await on.serve();
    const usage = await on.engine.usage(on.name);
    expect(usage?.memory).toBeGreaterThan(0);
    expect(await on.engine.volumeSize(on.name)).toBeGreaterThanOrEqual(0);
    await on.engine.stopContainer(on.name, 20);
    expect(await on.engine.usage(on.name)).toBeUndefined();
  });

  it("tells what lies in a container's own layer", async () => {
    on.fresh();
    await on.engine.createContainer(on.spec(['serve'], { readOnlyRoot: false }));
    await on.engine.putFiles(on.name, [{ path: '/own.txt', content: 'x'.repeat(100_000), mode: 0o600 }], 0, 0);
    expect(await on.engine.layerSize(on.name)).toBeGreaterThanOrEqual(100_000);
    expect(await on.engine.layerSize(`${on.name}-nobody`)).toBeUndefined();
  });

  it('lists the volumes of all nodes, and no others', async () => {
    on.fresh();
    const own = on.name;
    await on.engine.createVolume({ name: own, labels: { [LABEL_NODE]: own } });
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: {} });
    const listed = await on.engine.listVolumes();
    expect(listed.find(({ name }) => name === own)).toMatchObject({ labels: { [LABEL_NODE]: own }, options: {} });
    expect(listed.some(({ name }) => name === on.name)).toBe(false);
  });
}
