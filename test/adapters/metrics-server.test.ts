import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { metricsServer } from '../../src/adapters/metrics-server.ts';
import type { MetricsPage } from '../../src/ports/metrics-server.ts';
import { errorOfPromise } from '../error-code.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const opened: AbortController[] = [];
afterEach(() => {
  for (const over of opened.splice(0)) over.abort();
});

async function serving(page: MetricsPage = async () => 'nodectl_engine_up 1\n', host = '127.0.0.1') {
  const over = new AbortController();
  opened.push(over);
  const { port, ended } = await metricsServer().listen({ host, port: 0 }, page, TYPE, over.signal);
  const ask = (path: string, { method = 'GET', headers = {}, body = '' } = {}) =>
    new Promise<{ status: number | undefined; headers: Readonly<Record<string, unknown>>; body: string }>((resolve, reject) => {
      const asking = request({ host, port, path, method, headers, agent: false }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
        answer.on('error', reject);
      });
      asking.on('error', reject);
      asking.end(body);
    });
  return { port, ended, over, ask };
}

describe('the server of metrics', () => {
  it('answers a scrape with the page, its type and its length in bytes', async () => {
    const { ask } = await serving(async () => 'a{b="ü"} 1\n');
    for (const path of ['/metrics', '/metrics?name[]=x']) {
      const { status, headers, body } = await ask(path);
      expect([status, headers['content-type'], headers['content-length'], body]).toEqual([200, TYPE, '12', 'a{b="ü"} 1\n']);
    }
  });

  it('answers HEAD without the page, leads from / to it, and knows nothing else', async () => {
    const { ask } = await serving();
    expect(await ask('/metrics', { method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-length': '20' } });
    expect(await ask('/')).toMatchObject({ status: 200, body: expect.stringContaining('/metrics') });
    for (const path of ['/metrics/', '/etc/passwd', '//metrics', '/%2e%2e/metrics']) expect((await ask(path)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(await ask('/metrics', { method, body: 'x'.repeat(100_000) })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
  });

  it.each([
    ['10', 9500],
    ['0.5', 250],
    ['1.2', 700],
    ['', undefined],
    ['soon', undefined],
    ['-1', undefined],
    ['1e9', undefined],
  ])('tells the page that a scraper which waits %s seconds has %s ms', async (said, patience) => {
    const heard: (number | undefined)[] = [];
    const { ask } = await serving(async (patienceMs) => {
      heard.push(patienceMs);
      return '';
    });
    await ask('/metrics', { headers: { 'X-Prometheus-Scrape-Timeout-Seconds': said } });
    expect(heard).toEqual([patience]);
  });

  it('answers 500 where the page fails, and goes on', async () => {
    let fails = true;
    const { ask } = await serving(async () => {
      if (fails) throw new Error('broken');
      return 'x 1\n';
    });
    expect((await ask('/metrics')).status).toBe(500);
    fails = false;
    expect((await ask('/metrics')).status).toBe(200);
  });

  it('survives who talks no HTTP, sends endless headers, or hangs up in the middle', async () => {
    let finish: (() => void) | undefined;
    const { port, ask } = await serving(
      () =>
        new Promise((resolve) => {
          finish = () => resolve('late 1\n');
        }),
    );
    const said = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('error', () => resolve(''));
        socket.on('data', (bytes) => resolve(bytes.toString()));
        socket.on('close', () => resolve(''));
      });
    expect(await said('\x16\x03\x01\x02\x00\x01\n\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await said(`GET /metrics HTTP/1.1\r\nhost: x\r\nfill: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/);
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'));
    await expect.poll(() => finish).toBeDefined();
    socket.destroy();
    await new Promise((resolve) => socket.on('close', resolve));
    finish?.();
    expect((await ask('/')).status).toBe(200);
  });

  it('ends when told, also with a connection that is kept open and a page that never comes', async () => {
    let asked = false;
    const { port, ended, over } = await serving(() => {
      asked = true;
      return new Promise(() => {});
    });
    const idle = connect(port, '127.0.0.1');
    const busy = connect(port, '127.0.0.1', () => busy.write('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'));
    const closed = Promise.all([idle, busy].map((socket) => new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))));
    await expect.poll(() => asked).toBe(true);
    over.abort();
    await ended;
    await closed;
  });

  it('says why it cannot listen', async () => {
    const { port } = await serving();
    const listen = (host: string, at: number) =>
      metricsServer().listen({ host, port: at }, async () => '', TYPE, new AbortController().signal);
    expect((await errorOfPromise(listen('127.0.0.1', port))).code).toBe('PORT_TAKEN');
    expect((await errorOfPromise(listen('192.0.2.1', 0))).code).toBe('USAGE');
  });
});
