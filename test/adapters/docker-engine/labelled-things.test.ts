import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelledThings } from '../../../src/adapters/docker-engine/labelled-things.ts';
import { listenAnywhere, listenAt, stubEngine } from './stub-engine.ts';

const DEADLINE = 300;

let folder: string;
let socket: string;
let late: number;
const servers: (Server | TcpServer)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nodectl-test-'));
  socket = join(folder, 'engine.sock');
  late = 0;
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

const asking = (host: string) => labelledThings({ DOCKER_HOST: host }, DEADLINE, () => late++);

/** An engine that answers every question with this. */
async function engine(answer: RequestListener) {
  const server = stubEngine('1.47', answer);
  servers.push(server);
  await listenAt(server, socket);
  return asking(`unix://${socket}`);
}

const says =
  (text: string, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(text);

describe('what an engine has of nodes', () => {
  it('is asked for by label, in a request that every engine answers', async () => {
    const asked: string[] = [];
    const things = await engine((request, response) => {
      asked.push(decodeURIComponent(request.url ?? ''));
      const body = request.url?.startsWith('/volumes')
        ? { Volumes: [{ Name: 'v', Labels: { 'nodectl.node': 'b' } }] }
        : [{ Names: ['/c'], State: 'exited', Labels: { 'nodectl.node': 'a' } }];
      response.end(JSON.stringify(body));
    });
    expect(await things.containers()).toEqual([{ name: 'c', state: 'exited', labels: { 'nodectl.node': 'a' } }]);
    expect(await things.volumes()).toEqual([{ name: 'v', labels: { 'nodectl.node': 'b' } }]);
    expect(asked).toEqual(['/containers/json?all=1&filters={"label":["nodectl.node"]}', '/volumes?filters={"label":["nodectl.node"]}']);
    expect(late).toBe(0);
  });

  it('is found over TCP too', async () => {
    const server = stubEngine('1.47', says('[{"Names":["/c"],"Labels":null}]'));
    servers.push(server);
    const things = asking(`tcp://127.0.0.1:${await listenAnywhere(server)}`);
    expect(await things.containers()).toEqual([{ name: 'c', labels: {} }]);
  });

  it.each([
    ['HTML', '<html>'],
    ['an error', '{"message":"no"}'],
    ['a null', 'null'],
    ['a list cut short', '[{"Names":["/c"]}'],
    ['an empty body', ''],
  ])('is nothing where %s comes back', async (_what, text) => {
    const things = await engine(says(text, 500));
    expect(await things.containers()).toEqual([]);
    expect(await things.volumes()).toEqual([]);
  });

  it.each(['unix:///nowhere/engine.sock', 'tcp://127.0.0.1:1', 'nonsense://', 'ssh://-oProxyCommand=x'])(
    'is nothing at %s',
    async (host) => {
      const things = asking(host);
      expect(await things.containers()).toEqual([]);
      expect(await things.volumes()).toEqual([]);
      expect(late).toBe(0);
    },
  );

  it('is nothing after the deadline of an engine that takes the question and keeps still', async () => {
    const server = createServer(() => {});
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const begun = performance.now();
    expect(await asking(`unix://${socket}`).containers()).toEqual([]);
    expect(performance.now() - begun).toBeGreaterThan(DEADLINE - 20);
    expect(performance.now() - begun).toBeLessThan(DEADLINE + 2_000);
    expect(late).toBe(1);
  });

  it('is nothing after the deadline of an answer that never ends', async () => {
    const things = await engine((_request, response) => {
      const more = () => response.write(' '.repeat(2 ** 16), () => setImmediate(more));
      response.on('error', () => {});
      more();
    });
    expect(await things.containers()).toEqual([]);
  });
});
