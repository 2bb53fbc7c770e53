import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';
import { beaconApi } from './beacon-api.ts';
import { type Network, startNetwork } from './network.ts';

const able = await requires('go');

const isGone = (pid: number) => !existsSync(`/proc/${pid}`);

describe.skipIf(!able)('a private proof-of-stake network', () => {
  const said: string[] = [];
  let network: Network;

  beforeAll(async () => {
    network = await startNetwork({ secondBeacon: true, say: (line) => said.push(line) });
  }, 90_000);

  afterAll(async () => {
    await network?.stop();
  });

  it('finalizes, and both beacon nodes agree on what', async () => {
    const { epoch, root } = await network.finalized();
    expect(epoch).toBeGreaterThanOrEqual(1);
    const { finalized } = await beaconApi(network.second?.beaconApi ?? '').checkpoints();
    if (finalized.epoch === epoch) expect(finalized.root).toBe(root);
    for (const milestone of ['genesis:', 'first pair:', 'first block:', 'second pair:', 'justified:']) {
      expect(said.filter((line) => line.startsWith(milestone)).length, milestone).toBeGreaterThan(0);
    }
  }, 150_000);

  it('names the part that dies, and stops without a process or a file left', async () => {
    const victim = network.parts.find(({ name }) => name === 'beacon-chain-2');
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    expect((await network.failed).message).toMatch(/^beacon-chain-2 ended by itself with SIGKILL/);
    await expect(network.finalized(1000)).rejects.toThrow(/^beacon-chain-2 ended/);
    await network.stop();
    expect(network.parts.map(({ pid }) => isGone(pid))).toEqual([true, true, true, true, true]);
    expect(existsSync(network.folder)).toBe(false);
  }, 60_000);
});

describe.skipIf(!able)('a network that is given up before its first block', () => {
  it('leaves nothing behind', async () => {
    const caller = new AbortController();
    let folder = '';
    const say = (line: string) => {
      folder ||= / in (\/\S+)$/.exec(line)?.[1] ?? '';
      if (line.startsWith('first pair')) caller.abort(new Error('enough'));
    };
    await expect(startNetwork({ say, signal: caller.signal })).rejects.toThrow('enough');
    expect(folder).toMatch(/nodectl-pos-/);
    expect(existsSync(folder)).toBe(false);
  }, 60_000);
});
