import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { ENGINE_SOCKET } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'ts-remote';

/** An engine reached over TCP is on another host, as far as anyone can know. */
describe.skipIf(!able)('an engine on another host', { timeout: 120_000 }, () => {
  let relay: Server;
  const env = () => ({ env: { DOCKER_HOST: `tcp://127.0.0.1:${(relay.address() as AddressInfo).port}` } });
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);

  beforeAll(async () => {
    relay = createServer((client) => {
      const engine = connect(ENGINE_SOCKET);
      client.pipe(engine).pipe(client);
      for (const end of [client, engine]) end.on('error', () => [client, engine].map((socket) => socket.destroy()));
    });
    await new Promise<void>((resolve) => {
      relay.listen(0, '127.0.0.1', resolve);
    });
    await down();
  }, 60_000);
  afterAll(async () => {
    await down();
    relay.close();
  }, 60_000);

  it('gets a node whose limits are known by the engine’s word, and is waited for by its log', async () => {
    const report = await nodectlJson<UpReport>(['up', '--name', NODE, '--network', 'dev', '--memory', '512M', '--port', 'auto'], env());
    expect(report.start?.ready).toMatchObject({ head: null });
    expect(report.limits.map(({ limit, source }) => [limit, source])).toContainEqual(['memory', 'the engine']);
    expect(report.spec.swap).toBe(512 * 1024 ** 2);
  });

  it('reports a container that ends while it is waited for with exit 7', async () => {
    const flags = ['--', '--no-such-flag-of-geth'];
    const { code, stderr } = await nodectl(['up', '--name', NODE, '--network', 'dev', '--json', ...flags], env());
    expect([code, stderr]).toEqual([7, expect.stringContaining('CONTAINER_DIED')]);
  });
});
