import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../src/node/watch/cloud-event.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { LAUNCHER, nodectl, nodectlJson, STATE } from './cli.ts';
import { ENGINE_SOCKET } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'tw-watch';
const CONTAINER = `nodectl-${NODE}`;

const act = (what: 'kill' | 'start' | 'pause' | 'unpause') =>
  execFileSync('curl', ['-sf', '-X', 'POST', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/${CONTAINER}/${what}`]);

/** What of geth runs inside the container: one, as long as nobody attaches to it. */
const processes = () => {
  const told = execFileSync('curl', ['-sf', '--unix-socket', ENGINE_SOCKET, `http://engine/containers/${CONTAINER}/top`]);
  return (JSON.parse(told.toString()) as { Processes: string[][] }).Processes.length;
};

describe.skipIf(!able)('watching a real geth', { timeout: 60_000 }, () => {
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  const watchers: ChildProcess[] = [];
  const posted: CloudEvent[] = [];
  let hook: Server;

  beforeAll(async () => {
    await down();
    await nodectlJson(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M', '--cpus', '1', '--yes']);
    hook = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      posted.push(JSON.parse(Buffer.concat(chunks).toString()) as CloudEvent);
      response.writeHead(204).end();
    });
    await new Promise<void>((ready) => hook.listen(0, '127.0.0.1', ready));
  }, 600_000);
  afterAll(async () => {
    for (const watcher of watchers) watcher.kill('SIGKILL');
    hook?.close();
    await down();
  });

  function watch(...words: readonly string[]) {
    const env = { ...process.env, CI: 'true', XDG_STATE_HOME: STATE };
    const child = spawn(process.execPath, [LAUNCHER, 'watch', NODE, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env });
    watchers.push(child);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stderr?.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, ended, stderr: () => stderr, lines: () => stdout.split('\n').filter((line) => line !== '') };
  }

  it('tells a kill within a second, a start, a pause and an end, as events, as lines and to a webhook', async () => {
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    const [json, text] = [watch('--json', '--interval', '1s', '--webhook', url), watch('--interval', '1s')];
    const events = () => json.lines().map((line) => JSON.parse(line) as CloudEvent);
    const last = (word: string) => events().findLast(({ type }) => type === `io.nodectl.node.${word}`);
    const states = () =>
      events().flatMap(({ type, data }) => (type.endsWith('state-changed') ? [(data.to as { state: string }).state] : []));
    await expect.poll(() => [json.lines().length, text.lines().length], { timeout: 20_000 }).toEqual([1, 1]);
    expect(events()[0]).toMatchObject({ type: 'io.nodectl.node.watch-started', subject: NODE, data: { status: { healthy: true } } });
    expect(processes()).toBe(1);

    const killed = Date.now();
    act('kill');
    await expect.poll(() => last('container-died')?.data, { timeout: 5_000 }).toMatchObject({ exitCode: 137, container: CONTAINER });
    expect(Date.parse(last('container-died')?.time ?? '') - killed).toBeLessThan(1_500);
    act('start');
    await expect.poll(() => states().at(-1), { timeout: 20_000 }).toBe('at-head');
    act('pause');
    await expect.poll(() => states().at(-1), { timeout: 10_000 }).toBe('paused');
    act('unpause');
    await expect.poll(() => states().at(-1), { timeout: 20_000 }).toBe('at-head');
    await nodectlJson(['stop', NODE]);
    await expect.poll(() => last('container-stopped')?.data, { timeout: 10_000 }).toMatchObject({ exitCode: 0 });
    await expect.poll(() => states().at(-1), { timeout: 5_000 }).toBe('stopped');
    expect(states()).toContain('dead');

    // Of what is stopped already: one line, and its end.
    const until = watch('--json', '--until', 'stopped');
    expect([await until.ended, until.lines().length]).toEqual([0, 1]);

    for (const event of events()) validatesAgainst('watch', event);
    await expect.poll(() => posted.map(({ id }) => id), { timeout: 5_000 }).toEqual(events().map(({ id }) => id));
    // Its cause, and where that could not be told in time, its code.
    expect(text.lines().some((line) => /died: (?:exit code 137|.*(?:SIGKILL|killed))/i.test(line))).toBe(true);
    for (const { child, ended, stderr } of [json, text]) {
      child.kill('SIGINT');
      expect([await ended, stderr()]).toEqual([130, '']);
    }
  });

  it('ends well when nobody reads it any more', async () => {
    const words = [LAUNCHER, 'watch', NODE, '--json', '--interval', '250ms'];
    const script = `"$0" ${words.map((word) => `'${word}'`).join(' ')} | head -1; echo "\${PIPESTATUS[0]}"`;
    act('start');
    const churn = setInterval(() => {
      act('pause');
      act('unpause');
    }, 700);
    try {
      const shell = spawn('bash', ['-c', script, process.execPath], { env: { ...process.env, CI: 'true', XDG_STATE_HOME: STATE } });
      let out = '';
      shell.stdout.on('data', (text: Buffer) => {
        out += text.toString();
      });
      await new Promise((resolve) => shell.on('close', resolve));
      expect(out.trim().split('\n').at(-1)).toBe('0');
    } finally {
      clearInterval(churn);
    }
  });
});
