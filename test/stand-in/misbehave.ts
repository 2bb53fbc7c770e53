import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a server of other people can do wrong below its own protocol. */
export const HTTP_FAULTS = [
  'hangs',
  'hangs-after-headers',
  'drips',
  'huge',
  'declares-huge',
  'redirects',
  'web-page',
  'empty',
  'no-json',
  'compressed',
  'rate-limited',
  'wants-key',
  'fails',
  'breaks-off',
  'resets',
] as const;
export type HttpFault = (typeof HTTP_FAULTS)[number];

const HUGE = 100 * 1024 * 1024;

/** Does the wrong thing, instead of an answer. */
export function misbehave(fault: HttpFault, request: IncomingMessage, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  switch (fault) {
    case 'hangs':
      return;
    case 'hangs-after-headers':
      response.writeHead(200, json).flushHeaders();
      return;
    case 'drips':
      response.writeHead(200, json);
      drip(response, ' ', 50);
      return;
    case 'huge':
      response.writeHead(200, json);
      pour(response, HUGE);
      return;
    case 'declares-huge':
      response.writeHead(200, { ...json, 'content-length': HUGE }).flushHeaders();
      return;
    case 'redirects':
      response.writeHead(302, { location: `http://${request.headers.host}/elsewhere${request.url}` }).end();
      return;
    case 'web-page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Parked</title>');
      return;
    case 'empty':
      response.writeHead(200, json).end();
      return;
    case 'no-json':
      response.writeHead(200, json).end('{"data":');
      return;
    case 'compressed':
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(Buffer.from('1f8b08000000000000ff', 'hex'));
      return;
    case 'rate-limited':
      response.writeHead(429, json).end('{"message":"slow down"}');
      return;
    case 'wants-key':
      // Some repeat the key they were asked with.
      response.writeHead(401, json).end(JSON.stringify({ message: `unknown key in ${request.url}`, auth: request.headers.authorization }));
      return;
    case 'fails':
      response.writeHead(503, json).end('{}');
      return;
    case 'breaks-off':
      response.writeHead(200, { ...json, 'content-length': 1000 });
      response.write('{"data":', () => response.destroy());
      return;
    case 'resets':
      request.socket.resetAndDestroy();
      return;
  }
}

function drip(response: ServerResponse, text: string, ms: number): void {
  const timer = setInterval(() => response.write(text), ms);
  response.on('close', () => clearInterval(timer));
}

/** As fast as the other side takes it, and no longer than it does. */
function pour(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}
