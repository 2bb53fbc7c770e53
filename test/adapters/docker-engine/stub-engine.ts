import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server that answers `/_ping` as an engine of this API version, and everything else with `answer`. */
export function stubEngine(apiVersion: string | undefined, answer: RequestListener = notFound, tls?: ServerOptions): Server {
  const listener: RequestListener = (request, response) => {
    if (!request.url?.startsWith('/_ping')) return answer(request, response);
    response.writeHead(200, apiVersion === undefined ? {} : { 'Api-Version': apiVersion, Server: 'Docker/stub' }).end('OK');
  };
  return tls ? createTlsServer(tls, listener) : createServer(listener);
}

export function listenAt(server: Server, path: string): Promise<void> {
  return new Promise((resolve) => server.listen(path, resolve));
}

/** The port on 127.0.0.1 that the server got. */
export async function listenAnywhere(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const notFound: RequestListener = (_request, response) => {
  response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"page not found"}');
};
