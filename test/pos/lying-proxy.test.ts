import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lie } from './falsify.ts';
import { type LyingProxy, startLyingProxy } from './lying-proxy.ts';
import { readBody } from './upstream.ts';

const SSZ = 'application/octet-stream';

let upstream: Server;
let proxy: LyingProxy;
let block = 7;

const ANSWERS: Readonly<Record<string, object>> = {
  '/eth/v1/beacon/headers/finalized': { data: { root: '0xaa', header: { message: { slot: '8', state_root: '0xbb' } } } },
  '/eth/v1/beacon/light_client/finality_update': {
    data: { attested_header: { beacon: { state_root: '0xbb' } }, sync_aggregate: { sync_committee_signature: '0xcc' } },
  },
  '/eth/v1/beacon/states/head/finality_checkpoints': { data: { current_justified: { root: '0xaa' }, finalized: { root: '0xaa' } } },
};

const results: Readonly<Record<string, () => unknown>> = {
  eth_blockNumber: () => block,
  eth_getBalance: () => '0xff',
  eth_getCode: () => '0x60',
  eth_getProof: () => ({ balance: '0xff', accountProof: ['0x01', '0x02'] }),
};

beforeEach(async () => {
  block = 7;
  upstream = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming);
    outgoing.setHeader('content-type', 'application/json');
    if (incoming.headers.accept === SSZ) outgoing.setHeader('content-type', SSZ).end(Buffer.alloc(200));
    else if (incoming.url === '/eth/v1/events') {
      outgoing.setHeader('content-type', 'text/event-stream');
      outgoing.end(`event: light_client_optimistic_update\ndata: {"sync_committee_signature":"0xcc"}\n\n`);
    } else if (body === '') outgoing.end(JSON.stringify(ANSWERS[incoming.url ?? '']));
    else {
      const calls = JSON.parse(body) as readonly { id: number; method: string }[];
      outgoing.end(JSON.stringify(calls.map(({ id, method }) => ({ jsonrpc: '2.0', id, result: results[method]?.() }))));
    }
  });
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  proxy = await startLyingProxy(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await proxy.stop();
  upstream.closeAllConnections();
  upstream.close();
});

const get = async (path: string) =>
  (await fetch(`${proxy.url}${path}`, { redirect: 'manual' })).json() as Promise<{ readonly data: unknown }>;

async function ask(firstId: number, ...methods: readonly string[]): Promise<unknown[]> {
  const body = JSON.stringify(methods.map((method, index) => ({ jsonrpc: '2.0', id: firstId + index, method, params: [] })));
  const answers = (await (await fetch(proxy.url, { method: 'POST', body })).json()) as { id: number; result: unknown }[];
  expect(answers.map(({ id }) => id)).toEqual(methods.map((_, index) => firstId + index));
  return answers.map(({ result }) => result);
}

describe('a lying proxy', () => {
  it('passes everything on while it is honest, and tells what was asked', async () => {
    expect(await ask(1, 'eth_blockNumber', 'eth_getBalance')).toEqual([7, '0xff']);
    expect(await get('/eth/v1/beacon/headers/finalized')).toEqual(ANSWERS['/eth/v1/beacon/headers/finalized']);
    expect(proxy.asked).toEqual(['eth_blockNumber', 'eth_getBalance', '/eth/v1/beacon/headers/finalized']);
  });

  it.each<[Lie, unknown[]]>([
    ['balance', ['0x100', '0x60', { balance: '0x100', accountProof: ['0x01', '0x02'] }]],
    ['proof', ['0xff', '0x60', { balance: '0xff', accountProof: ['0x01', '0x00'] }]],
    ['code', ['0xff', '0x6000', { balance: '0xff', accountProof: ['0x01', '0x02'] }]],
  ])('lies about the %s alone', async (lie, expected) => {
    await proxy.behave(lie);
    expect(await ask(1, 'eth_getBalance', 'eth_getCode', 'eth_getProof')).toEqual(expected);
  });

  it('lies about a header, a signature, also in events, and what is finalized', async () => {
    await proxy.behave('header');
    expect(await get('/eth/v1/beacon/light_client/finality_update')).toMatchObject({
      data: { attested_header: { beacon: { state_root: '0xb0' } } },
    });
    await proxy.behave('signature');
    expect(await get('/eth/v1/beacon/light_client/finality_update')).toMatchObject({
      data: { sync_aggregate: { sync_committee_signature: '0xc0' } },
    });
    expect(await (await fetch(`${proxy.url}/eth/v1/events`)).text()).toContain('data: {"sync_committee_signature":"0xc0"}');
    await proxy.behave('finalized-root');
    expect(await get('/eth/v1/beacon/headers/finalized')).toMatchObject({
      data: { root: '0xa0', header: { message: { state_root: '0xbb' } } },
    });
    expect(await get('/eth/v1/beacon/states/head/finality_checkpoints')).toMatchObject({
      data: { current_justified: { root: '0xaa' }, finalized: { root: '0xa0' } },
    });
  });

  it.each([
    ['forged-block', [1, 0]],
    ['forged-state', [0, 1]],
    ['honest', [0, 0]],
  ] as const)(
    'serves those who begin there one bit of another block or state, and tells the truth of what is final: %s',
    async (manner, bits) => {
      await proxy.behave(manner);
      const paths = ['/eth/v2/beacon/blocks/8', '/eth/v2/debug/beacon/states/finalized'];
      const served = paths.map(async (path) => {
        const ssz = new Uint8Array(await (await fetch(`${proxy.url}${path}`, { headers: { accept: SSZ } })).arrayBuffer());
        expect(ssz.length).toBe(200);
        return ssz.reduce((sum, byte) => sum + byte, 0);
      });
      expect(await Promise.all(served)).toEqual(bits);
      expect(await get('/eth/v1/beacon/headers/finalized')).toMatchObject({ data: { root: '0xaa' } });
    },
  );

  it('stands still while it is stale, under the ids of each question, and goes on when it is honest again', async () => {
    await proxy.behave('stale');
    expect(await ask(1, 'eth_blockNumber')).toEqual([7]);
    block = 8;
    expect(await ask(41, 'eth_blockNumber')).toEqual([7]);
    await proxy.behave('honest');
    expect(await ask(2, 'eth_blockNumber')).toEqual([8]);
  });

  it('takes a question and never answers', async () => {
    await proxy.behave('hang');
    await expect(fetch(proxy.url, { signal: AbortSignal.timeout(300) })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(proxy.asked).toEqual(['/']);
  });

  it('redirects, or answers with a page', async () => {
    await proxy.behave('redirect');
    const answer = await fetch(`${proxy.url}/x`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${proxy.url}/elsewhere/x`]);
    await proxy.behave('html');
    expect((await fetch(proxy.url)).headers.get('content-type')).toBe('text/html');
  });

  it('gives 100 MB to those who take them', async () => {
    await proxy.behave('huge');
    const size = await new Promise<number>((resolve, reject) => {
      request(proxy.url, (answer) => {
        let taken = 0;
        answer.on('data', (chunk: Uint8Array) => {
          taken += chunk.length;
        });
        answer.on('end', () => resolve(taken));
      })
        .on('error', reject)
        .end();
    });
    expect(size).toBeGreaterThanOrEqual(100 * 2 ** 20);
  });

  it('refuses while it is dead, and comes back at the same address', async () => {
    const { url } = proxy;
    await proxy.behave('dead');
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await proxy.behave('honest');
    expect(await ask(1, 'eth_blockNumber')).toEqual([7]);
    expect(proxy.url).toBe(url);
  });
});
