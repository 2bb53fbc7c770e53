import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';

// The programs of an image are plain JavaScript, which Node runs as it is; what they export is told here.
interface Row {
  readonly address: string;
  readonly answers: boolean | null;
  readonly lies: boolean;
  readonly problem: string | null;
}
interface Upstreams {
  health(): readonly Row[];
  ask(question: object, judge: (answer: { readonly n?: number }) => unknown): Promise<unknown>;
}
const { below, Falsehood, upstreams } = (await import('../../images/lodestar-prover/upstreams.mjs' as string)) as {
  below(url: string, path: string): URL;
  Falsehood: new (message: string) => Error;
  upstreams(urls: readonly string[]): Upstreams;
};
const { answer, methods } = (await import('../../images/lodestar-prover/methods.mjs' as string)) as {
  methods(light: object): object;
  answer(
    request: unknown,
    table: object,
    light: object,
  ): Promise<{ readonly result?: unknown; readonly error?: { readonly code: number } }>;
};

const LIMIT = { path: '/x', maxBytes: 1000 };

async function server(respond: (url: string, authorization: string | undefined) => { readonly status?: number; readonly body: string }) {
  const asked: { readonly url: string; readonly authorization: string | undefined }[] = [];
  const listening: Server = createServer((request, response) => {
    const { url = '' } = request;
    const { authorization } = request.headers;
    asked.push({ url, authorization });
    const { status = 200, body } = respond(url, authorization);
    response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listening.close());
  return { asked, port: (listening.address() as AddressInfo).port };
}

describe('the servers of a light client', () => {
  it('are asked below the path and with the query of their address', () => {
    expect(below('https://a.example/v2/KEY/?token=T', '/eth/v1/x?count=1').href).toBe('https://a.example/v2/KEY/eth/v1/x?token=T&count=1');
    expect(below('https://a.example', '/eth/v1/x').href).toBe('https://a.example/eth/v1/x');
  });

  it('get user and password as a header, and are told by host alone', async () => {
    const { asked, port } = await server(() => ({ body: '{"n":1}' }));
    const one = upstreams([`http://user:p%40ss@127.0.0.1:${port}/KEY`]);
    expect(await one.ask(LIMIT, ({ n }) => n)).toBe(1);
    expect(asked).toEqual([{ url: '/KEY/x', authorization: `Basic ${btoa('user:p@ss')}` }]);
    expect(one.health()).toEqual([{ address: `http://127.0.0.1:${port}`, answers: true, lies: false, problem: null }]);
  });

  it('are asked one after the other until one proves what it says, and the next time that one first', async () => {
    const [liar, honest] = [await server(() => ({ body: '{"n":1}' })), await server(() => ({ body: '{"n":2}' }))];
    const both = upstreams([`http://127.0.0.1:${liar.port}`, `http://127.0.0.1:${honest.port}`]);
    const judge = ({ n }: { readonly n?: number }) => {
      if (n === 1) throw new Falsehood('its proof does not hold');
      return n;
    };
    expect(await both.ask(LIMIT, judge)).toBe(2);
    expect(await both.ask(LIMIT, judge)).toBe(2);
    expect([liar.asked.length, honest.asked.length]).toEqual([1, 2]);
    expect(both.health().map(({ lies }) => lies)).toEqual([true, false]);
  });

  it.each([
    ['a redirect', { status: 302, body: '{}' }],
    ['an error', { status: 500, body: '{}' }],
    ['a web page', { body: '<html>' }],
    ['too much', { body: JSON.stringify('x'.repeat(2000)) }],
  ])('are not believed for %s, and no address is in the words', async (_, reply) => {
    const { asked, port } = await server(() => reply);
    const one = upstreams([`http://127.0.0.1:${port}/KEY`]);
    const failure = await one.ask(LIMIT, () => 'taken').catch((error: Error) => error.message);
    expect(failure).not.toBe('taken');
    expect(failure).not.toContain('KEY');
    expect(asked).toHaveLength(1);
    expect(one.health()[0]).toMatchObject({ answers: false, lies: false });
  });
});

describe('the JSON-RPC of a light client', () => {
  const header = { number: 16, hash: '0xaa', stateRoot: null, time: 0 };
  const proof = { balance: '0x5', nonce: '0x1', storageProof: [{ value: '0x7' }] };
  const make = (account: () => Promise<unknown> = async () => proof) => {
    const light: { refused: null | { count: number }; chain: unknown; state: unknown; report: () => object; version: string } = {
      version: 'v',
      refused: null,
      chain: { chainId: 7, head: () => header, finalized: () => ({ ...header, number: 9 }) },
      state: { account },
      report: () => ({}),
    };
    return { light, call: (method: string, ...params: unknown[]) => answer({ id: 1, method, params }, methods(light), light) };
  };
  const ADDRESS = `0x${'1'.repeat(40)}`;

  it('answers from the verified header what needs no server', async () => {
    const { call } = make();
    expect((await call('eth_blockNumber')).result).toBe('0x10');
    expect((await call('eth_chainId')).result).toBe('0x7');
  });

  it('answers what it proved, at the blocks it can prove', async () => {
    const { call } = make();
    expect((await call('eth_getBalance', ADDRESS, 'latest')).result).toBe('0x5');
    expect((await call('eth_getStorageAt', ADDRESS, '0x1', '0x9')).result).toBe(`0x${'7'.padStart(64, '0')}`);
    expect((await call('eth_getBalance', ADDRESS, '0x8')).error?.code).toBe(-32602);
    expect((await call('eth_getBalance', 'nobody')).error?.code).toBe(-32602);
  });

  it.each(['eth_call', 'eth_getLogs', 'admin_peers', 'constructor', '__proto__', undefined])(
    'forwards nothing that it cannot prove: %s',
    async (method) => {
      expect((await make().call(method as string)).error?.code).toBe(-32601);
    },
  );

  it('tells a lie by its own code and counts it, and silence by another', async () => {
    const lied = make(async () => Promise.reject(new Falsehood('no')));
    expect((await lied.call('eth_getBalance', ADDRESS)).error?.code).toBe(-33091);
    expect(lied.light.refused).toMatchObject({ count: 1 });
    const silent = make(async () => Promise.reject(new Error('HTTP 500')));
    expect((await silent.call('eth_getBalance', ADDRESS)).error?.code).toBe(-32003);
    expect(silent.light.refused).toBeNull();
  });

  it('proves nothing before it has a header', async () => {
    const { light, call } = make();
    light.chain = undefined;
    for (const method of ['eth_blockNumber', 'eth_getBalance']) expect((await call(method, ADDRESS)).error?.code).toBe(-32002);
  });
});
