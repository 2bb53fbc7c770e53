import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { VolumeRun } from '../../src/ports/volume-run.ts';
import { type ContractBench, MIB, refused } from './contract-bench.ts';

/** Programs that are run to their end: on a volume, and inside a running container. */
export function runContract(on: ContractBench): void {
  const run = (args: readonly string[], changes: Partial<VolumeRun> = {}) =>
    on.engine.runOnVolume({
      ...{ image: on.image, args, labels: { [LABEL_NODE]: on.name }, volume: on.name, target: '/data', user: '1000:1000' },
      ...{ files: [], memory: 64 * MIB, timeoutMs: 60_000 },
      ...changes,
    });
  const leftovers = async () => (await on.engine.observe(on.parts)).leftovers;

  it('runs a program on a volume, with files of its own, and leaves nothing', async () => {
    on.fresh();
    await on.own([{ path: 'kept', content: 'in the volume', mode: 0o600 }]);
    const files = [{ path: '/genesis/deep/file.json', content: 'in the layer', mode: 0o400 }];
    expect(await run(['text', '/data/kept'])).toEqual({ exitCode: 0, stdout: 'in the volume\n', stderr: '' });
    expect(await run(['text', '/genesis/deep/file.json'], { files })).toEqual({ exitCode: 0, stdout: 'in the layer\n', stderr: '' });
    expect((await run(['owner', '/genesis/deep/file.json'], { files })).stdout).toBe('1000:1000 400\n');
    expect((await run(['owner', '/data'])).stdout).toBe('1000:1000 700\n');
    expect((await run(['text', '/genesis/deep/file.json'])).exitCode).toBe(1);
    expect(await leftovers()).toEqual([]);
  });

  it('keeps the two streams of a run apart, and tells how it ended', async () => {
    on.fresh();
    expect(await run(['both'])).toEqual({ exitCode: 0, stdout: 'to stdout\n', stderr: 'to stderr\n' });
    expect(await run(['exit', '7'])).toEqual({ exitCode: 7, stdout: 'leaving with 7\n', stderr: '' });
    expect(await leftovers()).toEqual([]);
    await refused('NO_SUCH_IMAGE', run(['both'], { image: 'nodectl-test/absent:v0' }));
  });

  it('ends a run that takes too long, or that nobody wants any more', async () => {
    on.fresh();
    await refused('TIMED_OUT', run(['deaf'], { timeoutMs: 300 }));
    expect(await leftovers()).toEqual([]);
    const waiting = new AbortController();
    const ended = refused('INTERRUPTED', run(['deaf'], { signal: waiting.signal }));
    await expect.poll(async () => (await leftovers()).map(({ state }) => state), { timeout: 10_000 }).toEqual(['running']);
    waiting.abort();
    await ended;
    expect(await leftovers()).toEqual([]);
    await refused('INTERRUPTED', run(['both'], { signal: waiting.signal }));
  });

  it('runs a program inside a running container', async () => {
    on.fresh();
    await on.serve();
    expect(await on.engine.exec(on.name, ['/probe', 'both'], 20_000)).toEqual({
      exitCode: 0,
      stdout: 'to stdout\n',
      stderr: 'to stderr\n',
    });
    expect(await on.engine.exec(on.name, ['/probe', 'exit', '7'], 20_000)).toMatchObject({ exitCode: 7, stdout: 'leaving with 7\n' });
    const { stdout } = await on.engine.exec(on.name, ['/probe', 'lines', '20000'], 20_000);
    expect(stdout.split('\n').slice(-2)).toEqual(['line 20000', '']);
    expect(stdout.split('\n')).toHaveLength(20_001);
    expect(await on.engine.inspect(on.name)).toMatchObject({ state: 'running' });
  });

  it('waits for a program inside a container no longer than it may', async () => {
    on.fresh();
    await on.serve();
    await refused('TIMED_OUT', on.engine.exec(on.name, ['/probe', 'deaf'], 500));
  });

  it('runs nothing inside a container that does not run', async () => {
    on.fresh();
    await refused('NO_SUCH_NODE', on.engine.exec(on.name, ['/probe', 'both'], 20_000));
    await on.engine.createContainer(on.spec(['serve']));
    await refused('NODE_NOT_RUNNING', on.engine.exec(on.name, ['/probe', 'both'], 20_000));
    await on.engine.startContainer(on.name);
    await on.printed(on.name, 'ready');
    await on.engine.stopContainer(on.name, 20);
    await refused('NODE_NOT_RUNNING', on.engine.exec(on.name, ['/probe', 'both'], 20_000));
  });
}
