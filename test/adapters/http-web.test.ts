import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { httpWeb } from '../../src/adapters/http-web.ts';
import type { WebAnswer } from '../../src/ports/web.ts';
import { requires } from '../require.ts';
import { HTTP_FAULTS, type HttpFault } from '../stand-in/misbehave.ts';
import { type Manners, type ServeOptions, type Server, serve } from '../stand-in/serve.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function server(manners: Partial<Manners> = {}, options: ServeOptions = {}): Promise<Server> {
  const made = await serve({ clockAheadMs: 0, ...manners }, ({ path }) => ({ json: { path } }), options);
  opened.push(made);
  return made;
}

const ask = (url: string, over: { body?: string; maxBytes?: number; ms?: number; signal?: AbortSignal } = {}) =>
  httpWeb().ask(url, { deadline: Date.now() + (over.ms ?? 5000), maxBytes: over.maxBytes ?? 1000, body: over.body, signal: over.signal });

const failure = (answer: WebAnswer) => ('failure' in answer ? answer.failure : answer.status);

describe('asking a server of somebody else', () => {
  it('gives status, type, body and the clock of the server', async () => {
    const { url } = await server({ clockAheadMs: 90_000 });
    const answer = await ask(`${url}/a?b=c`);
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
    if ('failure' in answer) throw new Error('no answer');
    expect(JSON.parse(Buffer.from(answer.body).toString())).toEqual({ path: '/a?b=c' });
    expect(Math.abs((answer.serverTime ?? 0) - Date.now() - 90_000)).toBeLessThan(5000);
  });

  it('posts JSON when it has a body', async () => {
    const { url, asked } = await server();
    await ask(url, { body: '{"ä":1}' });
    expect(asked).toEqual([{ method: 'POST', path: '/', authorization: undefined, body: '{"ä":1}' }]);
  });

  it.each([
    ['user:pa%3Ass', 'user:pa:ss'],
    ['user:100%', 'user:100%'],
    ['user', 'user:'],
  ])('sends %s as a header and not in the path', async (written, sent) => {
    const { port, asked } = await server();
    await ask(`http://${written}@127.0.0.1:${port}/x`);
    expect(asked[0]).toMatchObject({ path: '/x', authorization: `Basic ${Buffer.from(sent).toString('base64')}` });
  });

  it('reaches an IPv6 address', async () => {
    const { url } = await server({}, { host: '::1' });
    expect(failure(await ask(url))).toBe(200);
  });

  it('asks directly whatever proxy the environment names', async () => {
    const { url } = await server();
    process.env.http_proxy = 'http://127.0.0.1:1';
    try {
      expect(failure(await ask(url))).toBe(200);
    } finally {
      delete process.env.http_proxy;
    }
  });

  const OUTCOMES: Record<HttpFault, ReturnType<typeof failure>> = {
    hangs: 'timeout',
    'hangs-after-headers': 'timeout',
    drips: 'timeout',
    huge: 'too-large',
    'declares-huge': 'too-large',
    redirects: 'redirect',
    'web-page': 200,
    empty: 200,
    'no-json': 200,
    compressed: 200,
    'rate-limited': 429,
    'wants-key': 401,
    fails: 503,
    'breaks-off': 'broken-off',
    resets: 'connect',
  };
  it.each(HTTP_FAULTS)('is over by the deadline and tells what happened when a server %s', async (fault) => {
    const { url, asked } = await server({ fault });
    const ms = OUTCOMES[fault] === 'timeout' ? 600 : 10_000;
    const begun = Date.now();
    expect(failure(await ask(url, { ms }))).toBe(OUTCOMES[fault]);
    expect(Date.now() - begun).toBeLessThan(ms + 3000);
    expect(asked).toHaveLength(1);
  });

  it('takes no more memory than the bound from a server that pours', async () => {
    const { url } = await server({ fault: 'huge' });
    const before = process.memoryUsage().rss;
    expect(failure(await ask(url, { maxBytes: 256 * 1024 }))).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('tells a closed port and an unknown host', async () => {
    const { url, close } = await server();
    await close();
    opened.length = 0;
    expect(failure(await ask(url))).toBe('connect');
    expect(failure(await ask('http://nobody.invalid'))).toBe('connect');
  });

  it.each([
    ['is no HTTP server', 'SSH-2.0-OpenSSH_9.2\r\n', 'broken-off'],
    ['switches to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n', 'broken-off'],
    ['sends endless headers', `HTTP/1.1 200 OK\r\n${'x-a: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(3000)}`, 'broken-off'],
  ])('tells one that %s', async (_what, words, expected) => {
    const { url, close } = await raw(words);
    opened.push({ close });
    expect(failure(await ask(url, { ms: 2000 }))).toBe(expected);
  });

  it('lets many questions wait on one signal without a warning of Node', async () => {
    const { url } = await server();
    const warnings: Error[] = [];
    const keep = (warning: Error) => void warnings.push(warning);
    process.on('warning', keep);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => ask(url, { signal })));
    process.off('warning', keep);
    expect(warnings).toEqual([]);
  });

  it('gives up at once when interrupted, before and meanwhile', async () => {
    const { url } = await server({ fault: 'hangs' });
    const interruption = new AbortController();
    const meanwhile = ask(url, { signal: interruption.signal });
    interruption.abort('SIGINT');
    expect(failure(await meanwhile)).toBe('interrupted');
    expect(failure(await ask(url, { signal: interruption.signal }))).toBe('interrupted');
  });
});

/** A listener that says the same words to whoever connects. */
function raw(words: string): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write(words);
  });
  const close = () =>
    new Promise<void>((done) => {
      for (const socket of sockets) socket.destroy();
      listener.close(() => done());
    });
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      if (address !== null && typeof address === 'object') resolve({ url: `http://127.0.0.1:${address.port}`, close });
    });
  });
}

const hasOpenssl = await requires('openssl');

describe.skipIf(!hasOpenssl)('asking over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A certificate that vouches for itself, for 127.0.0.1 and `days` from now. */
  function certificate(name: string, altName: string, days = '2'): { key: string; cert: string; path: string } {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`];
    execFileSync('openssl', [...words, '-addext', `subjectAltName=${altName}`, '-days', days, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), path: cert };
  }

  it('refuses a certificate that nobody vouches for', async () => {
    const { url, asked } = await server({}, { tls: certificate('self', 'IP:127.0.0.1') });
    expect(await ask(url)).toEqual({ failure: 'tls', message: expect.stringContaining('does not verify') });
    expect(asked).toEqual([]);
  });

  it('tells a server that speaks no TLS at all', async () => {
    const { port } = await server();
    expect(failure(await ask(`https://127.0.0.1:${port}`))).toBe('tls');
  });

  it('takes a certificate that this machine trusts, and refuses it for another host', async () => {
    const good = certificate('good', 'IP:127.0.0.1');
    const other = certificate('other', 'DNS:elsewhere.example');
    const right = await server({}, { tls: good });
    const wrong = await server({}, { tls: other });
    expect(await failureInChild(right.url, good.path)).toBe(200);
    expect(await failureInChild(wrong.url, other.path)).toBe('tls');
  });

  /** Node reads the authorities it trusts beside its own only as it begins. */
  async function failureInChild(url: string, authority: string): Promise<unknown> {
    const bundle = join(folder, 'http-web.mjs');
    buildSync({ entryPoints: ['src/adapters/http-web.ts'], outfile: bundle, bundle: true, format: 'esm', platform: 'node' });
    const script = `import { httpWeb } from ${JSON.stringify(bundle)};
      const answer = await httpWeb().ask(process.argv[1], { deadline: Date.now() + 5000, maxBytes: 1000 });
      console.log(JSON.stringify(answer.failure ?? answer.status));`;
    return new Promise((resolve, reject) => {
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
      execFile(process.execPath, ['--input-type=module', '-e', script, url], { env }, (error, stdout) => {
        if (error === null) resolve(JSON.parse(stdout));
        else reject(error);
      });
    });
  }
});
