import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { belongings } from './engine-view.ts';
import { killingProxy } from './killing-proxy.ts';
import { type PrivateEngine, privateEngine } from './private-engine.ts';

const able = await requires('docker', 'geth', 'root');
const NODE = 'ts-restart';
const UP = ['up', '--name', NODE, '--network', 'dev', '--memory', '512M', '--image-source', 'build'];

describe.skipIf(!able)('an engine that restarts', { timeout: 600_000 }, () => {
  let engine: PrivateEngine;
  const here = () => ({ env: { DOCKER_HOST: `unix://${engine.socket}` }, through: engine.inside });

  beforeAll(async () => {
    engine = await privateEngine();
  }, 120_000);
  afterAll(() => engine?.close(), 120_000);

  it('in the middle of `up` ends it with exit 4, and the next `up` completes the node', async () => {
    for (const after of [1, 2, 3]) {
      const path = join(tmpdir(), `nodectl-restart-${process.pid}.sock`);
      const proxy = await killingProxy(path, engine.socket, after, () => engine.restart());
      const ran = await nodectl([...UP, '--json'], { ...here(), env: { DOCKER_HOST: proxy.host } });
      await proxy.close();
      expect(ran.code).toBe(4);
      expect(JSON.parse(ran.stderr.trim().split('\n').at(-1) ?? '').error.code).toMatch(/^ENGINE_/);
      await engine.ready();
      expect((await nodectlJson<UpReport>(UP, here())).start?.ready?.head).toBe(0);
      const { containers, volumes } = belongings(NODE, engine.socket);
      expect([containers.map(({ State }) => State), volumes]).toEqual([['running'], [`nodectl-${NODE}`]]);
      await nodectlJson(['down', NODE, '--volumes', '--yes'], here());
    }
  });

  it('under a running node closes geth in good order, and `up` starts it again', async () => {
    await nodectlJson<UpReport>(UP, here());
    engine.restart();
    await engine.ready();
    const again = await nodectlJson<UpReport>(UP, here());
    expect(again.start).toMatchObject({ uncleanEnd: null, headFell: null });
    await nodectlJson(['down', NODE, '--volumes', '--yes'], here());
  });
});
