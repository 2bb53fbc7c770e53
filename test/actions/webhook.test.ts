import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openWebhook } from '../../src/actions/webhook.ts';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { type CloudEvent, cloudEvent } from '../../src/node/watch/cloud-event.ts';
import type { Clock } from '../../src/ports.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';

const SECRET = 'c0ffee-token';

const event = (count: number): CloudEvent =>
  cloudEvent({ word: 'health-changed', node: 'dev', time: 0, data: { count } }, 'host', 'run', count);

/** A receiver that answers each request with the status of its turn (the last one for all that follow), or hangs, or closes. */
async function receiver(...turns: (number | 'hang' | 'close')[]) {
  const got: { readonly count: number; readonly headers: IncomingHttpHeaders; readonly url: string | undefined }[] = [];
  const server: Server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      got.push({ count: (JSON.parse(text) as CloudEvent).data.count as number, headers: incoming.headers, url: incoming.url });
      const turn = turns[Math.min(got.length, turns.length) - 1];
      if (turn === 'close') incoming.socket.destroy();
      else if (turn !== 'hang') response.writeHead(turn ?? 204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, counts: () => got.map(({ count }) => count), address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A webhook there whose pauses are a hundred times shorter, and what the person is told. */
function webhook(address: string, over: Partial<Clock> = {}) {
  const told: string[] = [];
  const pauses: number[] = [];
  const real = systemClock();
  const clock: Clock = {
    now: real.now,
    sleep: (ms, signal) => {
      pauses.push(ms);
      return real.sleep(ms / 100, signal);
    },
    ...over,
  };
  const console = {
    ...fakeNodes().world.console,
    notice: (text: string) => void told.push(text),
    warn: (text: string) => void told.push(text),
  };
  const hook = openWebhook(`http://user:${SECRET}@${address}/hooks/${SECRET}?key=${SECRET}`, {
    web: async () => httpWeb(),
    clock,
    console,
  });
  onTestFinished(() => hook.close(0));
  return { ...hook, told, pauses };
}

test('posts each event as CloudEvents in structured mode, in order, with its credentials as a header', async () => {
  const there = await receiver(204);
  const { send } = webhook(there.address);
  for (let count = 1; count <= 20; count++) send(event(count));
  await expect.poll(there.counts).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(there.got[0]?.headers).toMatchObject({
    'content-type': 'application/cloudevents+json',
    authorization: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`,
  });
  expect(there.got[0]?.url).toBe(`/hooks/${SECRET}?key=${SECRET}`);
});

test('sends again what was not taken, at growing pauses, before anything that came later', async () => {
  const there = await receiver(500, 'close', 429, 503, 200);
  const { send, told, pauses } = webhook(there.address);
  send(event(1));
  send(event(2));
  await expect.poll(there.counts, { timeout: 5_000 }).toEqual([1, 1, 1, 1, 1, 2]);
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(told).toHaveLength(2);
});

test('leaves out what is refused for good, and goes on with the next', async () => {
  const there = await receiver(400, 200);
  const { send } = webhook(there.address);
  send(event(1));
  send(event(2));
  await expect.poll(there.counts).toEqual([1, 2]);
});

test('never tells its address, whatever goes wrong', async () => {
  const there = await receiver(500, 400, 302, 'close', 200);
  const { send, told, close } = webhook(there.address);
  for (let count = 1; count <= 3; count++) send(event(count));
  await expect.poll(() => there.counts().at(-1), { timeout: 5_000 }).toBe(3);
  const nobody = webhook('127.0.0.1:1');
  nobody.send(event(1));
  await expect.poll(() => nobody.told.length).toBeGreaterThan(0);
  await nobody.close(0);
  await close(100);
  const all = [...told, ...nobody.told].join('\n');
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain('127.0.0.1');
});

test('keeps a bounded number of events while nobody takes them: the latest, in order', async () => {
  const there = await receiver('close');
  const { send, told, close } = webhook(there.address, { sleep: (ms, signal) => systemClock().sleep(ms === 0 ? 0 : 60_000, signal) });
  for (let count = 1; count <= 5_000; count++) send(event(count));
  expect(told.filter((text) => text.includes('1000'))).toHaveLength(1);
  await close(0);
  expect(told.at(-1)).toContain('5000 events');
});

test('sends what waits before it closes, and closes in time where nobody takes it', async () => {
  const there = await receiver(204);
  const quick = webhook(there.address, systemClock());
  for (let count = 1; count <= 5; count++) quick.send(event(count));
  await quick.close(5_000);
  expect(there.counts()).toEqual([1, 2, 3, 4, 5]);
  const hanging = await receiver('hang');
  const slow = webhook(hanging.address, systemClock());
  slow.send(event(1));
  const began = Date.now();
  await slow.close(200);
  expect(Date.now() - began).toBeLessThan(1_500);
  expect(slow.told.at(-1)).toContain('1 event');
});
