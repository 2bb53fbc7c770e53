import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Answers by method; a function gets the parameters; a method left out answers with geth's error for a missing one. */
export type GethAnswers = Readonly<Record<string, unknown>>;

export interface FakeGeth {
  readonly port: number;
  /** Number of HTTP requests so far. */
  readonly posts: () => number;
}

/** A real HTTP server on loopback that answers JSON-RPC batches; 'hang' never answers. It ends with the calling test. */
export async function serveGeth(answers: GethAnswers | 'hang'): Promise<FakeGeth> {
  let posts = 0;
  const server: Server = createServer((incoming, response) => {
    posts += 1;
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      if (answers === 'hang') return;
      // One call comes alone.
      const calls = [JSON.parse(text)].flat() as { id: number; method: string; params: unknown[] }[];
      response.end(JSON.stringify(calls.map(({ id, method, params }) => ({ jsonrpc: '2.0', id, ...answer(answers, method, params) }))));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, posts: () => posts };
}

function answer(answers: GethAnswers, method: string, params: unknown[]): object {
  if (!(method in answers)) return { error: { code: -32601, message: `the method ${method} does not exist/is not available` } };
  const value = answers[method];
  return { result: typeof value === 'function' ? value(params) : value };
}

/** What geth 1.17.8 answers on the dev chain; override what matters. */
export function devAnswers(over: GethAnswers = {}): GethAnswers {
  const hash = `0x${'ab'.repeat(32)}`;
  return {
    eth_syncing: false,
    eth_getBlockByNumber: ([tag]: unknown[]) => (tag === 'latest' ? { number: '0xc', hash, timestamp: '0x68000000' } : null),
    net_peerCount: '0x0',
    web3_clientVersion: 'Geth/v1.17.8-stable/linux-amd64/go1.26.8',
    eth_chainId: '0x539',
    ...over,
  };
}
