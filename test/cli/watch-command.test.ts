import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { CloudEvent } from '../../src/node/watch/cloud-event.ts';
import { devAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { validatesAgainst } from '../schema.ts';
import { runContext } from './run-context.ts';

/** Begins `nodectl watch …` for a dev node that runs; what it has written so far. */
async function watching(...words: readonly string[]) {
  const geth = await serveGeth(devAnswers());
  const nodes = fakeNodes();
  await nodes.add('dev', rpcOn(geth.port));
  const { context, written } = runContext({ ...nodes.world, web: async () => httpWeb() });
  const ended = runCli(['watch', ...words], context);
  onTestFinished(async () => {
    nodes.interrupt();
    await ended;
  });
  const lines = () => written.stdout.split('\n').filter((line) => line !== '');
  return { ...nodes, ended, written, lines };
}

async function refused(...words: readonly string[]) {
  const { context, written } = runContext(fakeNodes().world);
  const code = await runCli(['watch', ...words], context);
  return { code, stderr: written.stderr };
}

describe('watch without a terminal', () => {
  test('writes a line for each change, and nothing of it to standard error', async () => {
    const watch = await watching('dev', '--interval', '250ms');
    await expect.poll(watch.lines, { timeout: 5_000 }).toEqual([expect.stringMatching(/^\S+Z dev: at the head, head 12, 0 peers$/)]);
    watch.engine.containers.get('nodectl-dev')?.end(137, { oomKilled: true });
    await expect
      .poll(() => watch.lines().join('\n'), { timeout: 5_000 })
      .toMatch(/nodectl-dev died: .*memory.*\[oom.*\n.* dev: dead\n.* not healthy/);
    expect(watch.written.stderr).toBe('');
  });

  test('writes an event a line with --json, and ends with 130 when the person interrupts', async () => {
    const watch = await watching('--json', '--interval', '1h');
    await expect.poll(watch.lines, { timeout: 5_000 }).toHaveLength(1);
    await expect.poll(() => watch.engine.calls).toContain('events');
    watch.engine.containers.get('nodectl-dev')?.end(0);
    await expect.poll(watch.lines, { timeout: 5_000 }).toHaveLength(4);
    watch.interrupt();
    expect(await watch.ended).toBe(130);
    const events = watch.lines().map((line) => JSON.parse(line) as CloudEvent);
    for (const event of events) validatesAgainst('watch', event);
    expect(events.map(({ type }) => type.replace('io.nodectl.node.', ''))).toEqual([
      ...['watch-started', 'container-stopped', 'state-changed', 'health-changed'],
    ]);
    validatesAgainst('status', events[0]?.data.status);
  });

  test('ends by itself with 0 once what --until names holds, and says what led there', async () => {
    const watch = await watching('dev', '--json', '--interval', '1h', '--until', 'stopped');
    await expect.poll(watch.lines, { timeout: 5_000 }).toHaveLength(1);
    await expect.poll(() => watch.engine.calls).toContain('events');
    watch.engine.containers.get('nodectl-dev')?.end(0);
    expect(await watch.ended).toBe(0);
    expect(watch.lines().map((line) => (JSON.parse(line) as CloudEvent).type)).toContain('io.nodectl.node.state-changed');
  });

  test('ends at once where it holds already', async () => {
    const watch = await watching('dev', '--until', 'rpc,block=12', '--until', 'synced');
    expect(await watch.ended).toBe(0);
    expect(watch.lines()).toHaveLength(1);
  });

  test.each([
    [['--until', 'finished'], '--until "finished" is not a condition'],
    [['--until', ''], '--until has an empty condition'],
    [['--until', 'stopped,rpc'], '--until stopped goes with no other condition'],
    [['--until', 'synced', '--listen', '127.0.0.1:0'], 'leave --until out'],
  ])('refuses %j with exit 2', async (words, said) => {
    const { code, stderr } = await refused(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  test('posts the same events to a webhook, and ends in time where nobody takes them', async () => {
    const got: CloudEvent[] = [];
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      got.push(JSON.parse(Buffer.concat(chunks).toString()) as CloudEvent);
      if (got.length === 1) response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const watch = await watching('--json', '--interval', '250ms', '--webhook', url);
    await expect.poll(watch.lines, { timeout: 5_000 }).toHaveLength(1);
    watch.engine.containers.get('nodectl-dev')?.end(1);
    await expect.poll(watch.lines, { timeout: 5_000 }).toHaveLength(4);
    const interrupted = Date.now();
    watch.interrupt();
    expect(await watch.ended).toBe(130);
    expect(Date.now() - interrupted).toBeLessThan(5_000);
    expect(got.map((event) => JSON.stringify(event))).toEqual(watch.lines().slice(0, 2));
  });
});

describe('watch refuses', () => {
  test.each([
    ['an interval that is too short', ['--interval', '100ms'], '--interval'],
    ['an interval without a unit', ['--interval', '2'], '--interval'],
    ['a webhook that is no web address', ['--webhook', 'ftp://user:s3cret@example.org/'], '--webhook'],
    ['a webhook that is none at all', ['--webhook', 's3cret'], '--webhook'],
    ['an address to listen at that is none', ['--listen', 'everywhere'], '--listen'],
    ['one node where every node is watched', ['dev', '--listen', '127.0.0.1:0'], '--listen'],
  ])('%s with exit 2, naming the option and not its secret', async (_name, words, option) => {
    const { code, stderr } = await refused(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(option)]);
    expect(stderr).not.toContain('s3cret');
  });

  test('a node that is not there with 5', async () => {
    expect((await refused('nobody')).code).toBe(5);
    expect((await refused()).code).toBe(5);
  });
});
