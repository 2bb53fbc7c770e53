import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { ethersRpc } from '../../src/adapters/ethers-rpc.ts';

const CALLS = [
  { method: 'eth_chainId', params: [] },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
] as const;

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
});

async function listen(server: Server): Promise<string> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Request = { id: number; method: string; params: unknown[] };

function serving(answer: (requests: Request[], response: ServerResponse, incoming: IncomingMessage) => void): Promise<string> {
  return listen(
    createServer((incoming, response) => {
      let text = '';
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      incoming.on('end', () => answer([JSON.parse(text)].flat(), response, incoming));
    }),
  );
}

const soon = (ms = 2000) => Date.now() + ms;

test('gives the answers in the order of the calls, whatever order the node chose, from one POST', async () => {
  let posts = 0;
  const url = await serving((requests, response) => {
    posts += 1;
    response.end(JSON.stringify(requests.map(({ id, method }) => ({ jsonrpc: '2.0', id, result: method })).reverse()));
  });
  expect(await ethersRpc().batch(url, CALLS, soon())).toEqual({
    answers: [{ result: 'eth_chainId' }, { result: 'eth_getBlockByNumber' }],
  });
  expect(posts).toBe(1);
});

test('passes the parameters and takes a single call that is answered without a list', async () => {
  const url = await serving(([request], response) => response.end(JSON.stringify({ id: request?.id, result: request?.params })));
  expect(await ethersRpc().batch(url, [CALLS[1]], soon())).toEqual({ answers: [{ result: ['latest', false] }] });
});

test('calls a port where nothing listens a failure to connect, and prints nothing', async () => {
  const printed = vi.spyOn(console, 'log');
  const url = await serving(() => {});
  await new Promise((done) => servers.pop()?.close(done));
  expect(await ethersRpc().batch(url, CALLS, soon())).toMatchObject({ failure: 'connect' });
  expect(printed).not.toHaveBeenCalled();
});

test('calls a connection that is reset before any answer a failure to connect', async () => {
  const url = await listen(createTcpServer((socket) => socket.destroy()));
  expect(await ethersRpc().batch(url, CALLS, soon())).toMatchObject({ failure: 'connect' });
});

test('gives up at the deadline and closes the socket when the node hangs', async () => {
  const url = await serving(() => {});
  const before = Date.now();
  expect(await ethersRpc().batch(url, CALLS, before + 150)).toMatchObject({ failure: 'timeout' });
  expect(Date.now() - before).toBeLessThan(1000);
  await vi.waitFor(() => expect(sockets.size).toBe(0));
});

test('holds the deadline against a node that trickles bytes', async () => {
  const url = await serving((_requests, response) => {
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  expect(await ethersRpc().batch(url, CALLS, soon(200))).toMatchObject({ failure: 'timeout' });
  await vi.waitFor(() => expect(sockets.size).toBe(0));
});

test.each([500, 429, 403])('calls HTTP %i a failure of HTTP, without a second try', async (status) => {
  let posts = 0;
  const url = await serving((_requests, response) => {
    posts += 1;
    response.writeHead(status).end('invalid host specified\n');
  });
  const answer = await ethersRpc().batch(url, CALLS, soon());
  expect(answer).toMatchObject({ failure: 'http', message: expect.stringContaining(`${status}`) });
  expect(posts).toBe(1);
});

test.each(['<html>hello</html>', '', 'null', '42', '[]', '{"hello":"world"}'])('calls the body %j a bad response', async (body) => {
  const url = await serving((_requests, response) => response.end(body));
  expect(await ethersRpc().batch(url, CALLS, soon())).toMatchObject({ failure: 'bad-response' });
});

test('calls an answer that breaks off a bad response', async () => {
  const url = await serving((_requests, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('[', () => response.destroy());
  });
  expect(await ethersRpc().batch(url, CALLS, soon())).toMatchObject({ failure: 'bad-response' });
});

test('keeps the answers there are when the node leaves some out', async () => {
  const url = await serving(([first], response) => response.end(JSON.stringify([{ id: first?.id, result: '0x1' }])));
  expect(await ethersRpc().batch(url, CALLS, soon())).toEqual({ answers: [{ result: '0x1' }, { error: expect.any(String) }] });
});

test('gives each call the error that the node gave for the whole batch', async () => {
  const url = await serving((_requests, response) =>
    response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"too big"}}'),
  );
  expect(await ethersRpc().batch(url, CALLS, soon())).toEqual({ answers: [{ error: 'too big' }, { error: 'too big' }] });
});

test("keeps the node's own words for a method it does not have", async () => {
  const message = 'the method txpool_status does not exist/is not available';
  const url = await serving((requests, response) =>
    response.end(JSON.stringify(requests.map(({ id }, at) => (at === 0 ? { id, result: 1 } : { id, error: { code: -32601, message } })))),
  );
  expect(await ethersRpc().batch(url, CALLS, soon())).toEqual({ answers: [{ result: 1 }, { error: message }] });
});

test('stops reading an answer that is far too large', async () => {
  let sent = 0;
  const url = await serving((_requests, response) => {
    const more = () => {
      while (!response.destroyed && sent < 256 * 1024 * 1024) {
        sent += 1024 * 1024;
        if (!response.write(Buffer.alloc(1024 * 1024, 0x20))) return void response.once('drain', more);
      }
    };
    more();
  });
  expect(await ethersRpc().batch(url, CALLS, soon(10_000))).toMatchObject({ failure: 'bad-response' });
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test('answers on loopback over IPv6 too', async () => {
  const server = createServer((_incoming, response) => response.end('[{"id":1,"result":1},{"id":2,"result":2}]'));
  servers.push(server);
  const bound = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(0, '::1', () => done(true));
  });
  if (!bound) {
    servers.pop();
    console.warn('skipped: no IPv6 on loopback');
    return;
  }
  const url = `http://[::1]:${(server.address() as AddressInfo).port}`;
  expect(await ethersRpc().batch(url, CALLS, soon())).toEqual({ answers: [{ result: 1 }, { result: 2 }] });
});
