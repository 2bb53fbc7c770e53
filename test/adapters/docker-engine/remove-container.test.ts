import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import { listenAt, stubEngine } from './stub-engine.ts';

const NOT_EMPTY =
  'container c1: driver "overlay2" failed to remove root filesystem: unlinkat /var/lib/docker/overlay2/f: directory not empty';

let folder: string;
let server: Server;
let asked: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodectl-test-'));
  asked = [];
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** An engine that answers each removal with the next of these. */
async function engine(...answers: readonly (readonly [status: number, message: string])[]) {
  const left = [...answers];
  server = stubEngine('1.47', (request, response) => {
    asked.push(`${request.method} ${request.url?.replace(/^\/v[\d.]+/, '')}`);
    const [status, message] = left.shift() ?? [500, 'asked too often'];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(status === 204 ? undefined : JSON.stringify({ message }));
  });
  const socket = join(folder, 'engine.sock');
  await listenAt(server, socket);
  return openDockerEngine({ DOCKER_HOST: `unix://${socket}` });
}

describe('to remove a container', () => {
  it('is asked once more of an engine that did not get its own folder empty', async () => {
    const docker = await engine([500, NOT_EMPTY], [204, '']);
    await docker.removeContainer('c1', { force: true });
    expect(asked).toEqual(['DELETE /containers/c1?force=true', 'DELETE /containers/c1?force=true']);
  });

  it('is given up when it fails so again', async () => {
    const docker = await engine([500, NOT_EMPTY], [500, NOT_EMPTY]);
    await expect(docker.removeContainer('c1', { force: false })).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    expect(asked).toHaveLength(2);
  });

  it('is asked once where it fails for another reason', async () => {
    const docker = await engine([500, 'no space left on device']);
    await expect(docker.removeContainer('c1', { force: false })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(asked).toHaveLength(1);
  });
});
