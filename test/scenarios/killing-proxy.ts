import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

const CHANGING = new Set(['POST', 'PUT', 'DELETE']);
/** Waiting is a POST that changes nothing. */
const WAITING = /\/containers\/[^/]+\/wait/;

export interface KillingProxy {
  /** DOCKER_HOST for the process that shall be killed. */
  readonly host: string;
  /** The changing requests that passed, in order: `POST /containers/create`. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/**
 * A socket before the engine's that passes everything, and calls `kill` when the engine has carried out the `after`-th
 * changing request; its answer never reaches the client. So a SIGKILL between two steps looks, and an engine that ends there.
 */
export async function killingProxy(path: string, engine: string, after: number, kill: () => void): Promise<KillingProxy> {
  const seen: string[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const changing = CHANGING.has(incoming.method ?? '') && !WAITING.test(incoming.url ?? '');
    if (changing) seen.push(`${incoming.method} ${incoming.url?.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '')}`);
    const fatal = changing && seen.length === after;
    forward(incoming, outgoing, engine, fatal ? kill : undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  return {
    host: `unix://${path}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, socketPath: string, kill: (() => void) | undefined): void {
  const upstream = request({ socketPath, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
    if (kill !== undefined) {
      answer.resume();
      answer.on('end', () => {
        kill();
        outgoing.destroy();
      });
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
