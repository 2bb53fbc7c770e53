import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type HttpFault, misbehave } from './misbehave.ts';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Server {
  readonly port: number;
  readonly url: string;
  /** Every request so far. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Left out, any free one. */
  readonly port?: number;
  /** '127.0.0.1' unless told otherwise; '::1' is the other sensible one. */
  readonly host?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** What answers, changeable while the server runs. */
export interface Manners {
  fault?: HttpFault | undefined;
  /** How far the server's clock is ahead of this machine's, ms: its Date header, and whatever it derives from the time. */
  clockAheadMs: number;
}

/** A server on loopback: `answer` gives the JSON for a request and the status with it; faults of `manners` come first. */
export function serve(
  manners: Manners,
  answer: (asked: Asked) => { readonly status?: number; readonly json: unknown },
  { port = 0, host = '127.0.0.1', tls }: ServeOptions = {},
): Promise<Server> {
  const asked: Asked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const row = { method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization, body };
    asked.push(row);
    response.setHeader('date', new Date(Date.now() + manners.clockAheadMs).toUTCString());
    if (manners.fault !== undefined) return misbehave(manners.fault, request, response);
    const { status = 200, json } = answer(row);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const bound = (server.address() as AddressInfo).port;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      const shown = host.includes(':') ? `[${host}]` : host;
      resolve({ port: bound, url: `${tls === undefined ? 'http' : 'https'}://${shown}:${bound}`, asked, close });
    });
  });
}
