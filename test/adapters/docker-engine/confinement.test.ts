import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import { contractBench, MIB } from '../../contract/contract-bench.ts';
import { dropImage, engineSocket, importProbeImage } from '../../contract/probe-image.ts';
import { requires } from '../../require.ts';

describe.skipIf(!(await requires('docker', 'go')))('a container', () => {
  const image = `nodectl-test/confined:t${process.pid}`;
  const socket = engineSocket(process.env);
  beforeAll(() => importProbeImage(socket, image));
  afterAll(() => dropImage(socket, image));
  const on = contractBench(async () => ({ engine: await openDockerEngine(process.env), image }));

  it('runs without capabilities, as its user, and writes only where it may', async () => {
    on.fresh();
    await on.own();
    await on.run(['self']);
    await on.engine.waitForExit(on.name);
    expect((await on.lines(on.name)).map((line) => line.text)).toEqual([
      'Uid: 1000 1000 1000 1000',
      'CapBnd: 0000000000000000',
      'NoNewPrivs: 1',
      'nofile 2048',
      '/file false',
      '/tmp/file true',
      '/data/file true',
    ]);
  });

  it('that answers one question is confined too', async () => {
    on.fresh();
    const { output } = await on.engine.runOnce(image, ['self'], {});
    expect(output).toContain('CapBnd: 0000000000000000\nNoNewPrivs: 1\n');
    expect(output).toContain('/file false\n/tmp/file false\n/data/file false\n');
  });

  it('that runs on a volume is confined too', async () => {
    on.fresh();
    await on.own();
    const { stdout } = await on.engine.runOnVolume({
      ...{ image, args: ['self'], labels: {}, volume: on.name, target: '/data', user: '1000:1000', files: [] },
      ...{ memory: 64 * MIB, timeoutMs: 60_000 },
    });
    expect(stdout).toContain('Uid: 1000 1000 1000 1000\nCapBnd: 0000000000000000\nNoNewPrivs: 1\n');
    expect(stdout).toContain('/file false\n/tmp/file true\n/data/file true\n');
  });
});
