import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodectlError } from '../errors.ts';
import type { ListenAddress, MetricsPage, MetricsServer } from '../ports/metrics-server.ts';

/** Many Prometheus and a person with curl; a stranger cannot open so many that we run out of files. */
const MOST_CONNECTIONS = 64;
/** A request is one line and a few headers. */
const REQUEST_MS = 5_000;
const MOST_HEADER_BYTES = 8 * 1024;
/** As Prometheus itself allows for the way back, of what it waits. */
const WAY_BACK_MS = 500;

const HOME = 'nodectl watch --listen: the metrics are at /metrics\n';

/** Node's own HTTP server. */
export function metricsServer(): MetricsServer {
  return { listen };
}

async function listen(address: ListenAddress, page: MetricsPage, contentType: string, signal: AbortSignal) {
  const limits = { maxHeaderSize: MOST_HEADER_BYTES, headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS };
  const server = createServer(limits, (request, response) => {
    void answer(request, response, page, contentType);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await bound(server, address);
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      server.close(() => resolve());
      server.closeAllConnections();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return { port: (server.address() as AddressInfo).port, ended };
}

function bound(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    server.listen({ host, port, exclusive: true }, resolve);
  });
}

function refusal(cause: NodeJS.ErrnoException, host: string, port: number): NodectlError {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (cause.code === 'EADDRINUSE') {
    return new NodectlError('PORT_TAKEN', `Something else listens on ${where}.`, { hint: 'Give --listen another port.', cause });
  }
  if (cause.code === 'EACCES') {
    return new NodectlError('PERMISSION', `This user may not listen on ${where}.`, { hint: 'Give --listen a port above 1023.', cause });
  }
  return new NodectlError('USAGE', `Nothing can listen on ${where} (${cause.code ?? cause.message}).`, {
    hint: 'Give --listen an address of this machine, for instance 127.0.0.1:9560.',
    cause,
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, page: MetricsPage, contentType: string): Promise<void> {
  const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) => {
    const body = Buffer.from(text);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length, ...headers });
    // To HEAD Node sends no body.
    response.end(body);
  };
  const path = (request.url ?? '').split('?', 1)[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' });
  if (path === '/') return say(200, HOME);
  if (path !== '/metrics') return say(404, HOME);
  try {
    say(200, await page(patience(request)), { 'content-type': contentType });
  } catch (thrown) {
    if (!response.headersSent) say(500, `${thrown instanceof NodectlError ? thrown.message : `A bug in nodectl: ${thrown}`}\n`);
  }
}

/** What the scraper waits, less the way back; undefined where it does not tell. */
function patience({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['x-prometheus-scrape-timeout-seconds'] ?? Number.NaN);
  return seconds > 0 && seconds < 3600 ? Math.max(seconds * 500, seconds * 1000 - WAY_BACK_MS) : undefined;
}
