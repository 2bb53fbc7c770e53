import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { bridgeAddress } from './bridge-address.ts';
import { falsify, type Json, LIES, type Lie } from './falsify.ts';
import { FORGERIES, forge } from './forge.ts';
import { mapAnswers, type RpcCall, rpcCalls, withIdsOf } from './rpc-body.ts';
import { passChanged, passLines, passOn, readBody, type TakenAnswer, take } from './upstream.ts';

/**
 * How a server treats those who ask. honest: passes everything on. A lie changes one thing in answers and events, a
 * forgery one in SSZ alone. stale: from its
 * first time on, every question gets the answer it got then, and no event comes. hang: takes the question and never answers.
 * redirect: to itself. html, huge (100 MB of JSON): 200 with something else. dead: refuses the connection.
 */
export const MANNERS = ['honest', ...LIES, ...FORGERIES, 'stale', 'hang', 'redirect', 'html', 'huge', 'dead'] as const;
export type Manner = (typeof MANNERS)[number];

/** A server before a beacon API or an execution RPC, which can be told at any time how to treat its guests. */
export interface LyingProxy {
  /** Reached from this machine and from the containers of its engine; the same after it was dead. */
  readonly url: string;
  /** What was asked, in order: JSON-RPC methods and paths. */
  readonly asked: readonly string[];
  /** From now on; connections that are open are cut. */
  behave(manner: Manner): Promise<void>;
  stop(): Promise<void>;
}

interface Question {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly path: string;
  readonly body: string;
  readonly calls: readonly RpcCall[];
}

const EVENTS = '/eth/v1/events';

/** Stands before the server at `upstream`, honest at first. */
export async function startLyingProxy(upstream: string): Promise<LyingProxy> {
  const asked: string[] = [];
  let treat = manners(upstream, 'honest');
  const server = createServer((incoming, outgoing) => {
    const answer = async () => {
      const path = incoming.url ?? '/';
      const body = await readBody(incoming);
      const calls = rpcCalls(body);
      asked.push(...(calls.length > 0 ? calls.map(({ method }) => method) : [path]));
      await treat({ incoming, outgoing, path, body, calls });
    };
    // A guest that kept a connection for its next question would find it cut by a change of manners.
    outgoing.shouldKeepAlive = false;
    answer().catch(() => outgoing.destroy());
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const host = bridgeAddress();
  const port = await listen(server, host, 0);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      cut();
    });
  return {
    url: `http://${host}:${port}`,
    asked,
    async behave(next) {
      treat = manners(upstream, next);
      if (next === 'dead') await stop();
      else if (server.listening) cut();
      else await listen(server, host, port);
    },
    stop,
  };
}

function manners(upstream: string, manner: Manner): (question: Question) => Promise<void> | void {
  switch (manner) {
    case 'honest':
    case 'dead':
      return ({ incoming, body, outgoing }) => passOn(upstream, incoming, body, outgoing);
    case 'forged-block':
    case 'forged-state':
      return ({ incoming, body, outgoing, path }) => {
        const ssz = incoming.headers.accept?.includes('octet-stream') && body === '';
        return ssz
          ? passChanged(upstream, incoming, outgoing, (content) => forge(manner, path, content))
          : passOn(upstream, incoming, body, outgoing);
      };
    case 'stale':
      return staleAnswers(upstream);
    case 'hang':
      return () => {};
    case 'redirect':
      return ({ incoming, outgoing, path }) =>
        void outgoing.writeHead(302, { location: `http://${incoming.headers.host}/elsewhere${path}` }).end();
    case 'html':
      return ({ outgoing }) => void outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
    case 'huge':
      return ({ outgoing }) => pour(outgoing);
    default:
      return (question) => tellLie(upstream, manner, question);
  }
}

async function tellLie(upstream: string, lie: Lie, { incoming, outgoing, path, body, calls }: Question): Promise<void> {
  const lieOf = (method: string | undefined) => (answer: Json) => falsify(lie, { method, path }, answer);
  if (path.startsWith(EVENTS)) {
    return passLines(upstream, incoming, outgoing, (line) =>
      line.startsWith('data:') ? `data: ${JSON.stringify(lieOf(undefined)(JSON.parse(line.slice('data:'.length))))}` : line,
    );
  }
  const taken = await take(upstream, incoming, body, outgoing);
  send(outgoing, taken, (document) =>
    calls.length === 0
      ? lieOf(undefined)(document as never)
      : mapAnswers(document as never, calls, (answer, { method }) => lieOf(method)(answer) as never),
  );
}

function staleAnswers(upstream: string): (question: Question) => Promise<void> {
  const memory = new Map<string, { readonly taken: TakenAnswer; readonly calls: readonly RpcCall[] }>();
  return async ({ incoming, outgoing, path, body, calls }) => {
    if (path.startsWith(EVENTS)) return passLines(upstream, incoming, outgoing, () => undefined);
    const key = JSON.stringify([incoming.method, path, calls.map(({ method, params }) => [method, params])]);
    const known = memory.get(key) ?? { taken: await take(upstream, incoming, body, outgoing), calls };
    memory.set(key, known);
    send(outgoing, known.taken, (document) => (calls.length === 0 ? document : withIdsOf(calls, known.calls, document as never)));
  };
}

function send(outgoing: ServerResponse, { status, type, text }: TakenAnswer, change: (document: unknown) => unknown): void {
  outgoing.writeHead(status, { 'content-type': type });
  outgoing.end(type.includes('json') ? JSON.stringify(change(JSON.parse(text))) : text);
}

/** 100 MB that are JSON to their end, at the speed the guest takes them. */
async function pour(outgoing: ServerResponse): Promise<void> {
  const chunk = ' '.repeat(2 ** 20);
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  for (let sent = 0; sent < 100 && !outgoing.destroyed; sent++) {
    if (outgoing.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      outgoing.once('drain', resolve);
      outgoing.once('close', resolve);
    });
  }
  outgoing.end('{}');
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
