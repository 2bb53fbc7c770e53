import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StartedReport } from '../../src/actions/start.ts';
import type { UpReport } from '../../src/actions/up.ts';
import type { NodeStatus } from '../../src/node/node-status.ts';
import type { CloudEvent } from '../../src/node/watch/cloud-event.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { LAUNCHER, nodectl, nodectlJson, STATE } from './cli.ts';
import { belongings, engineGet, rpc, until } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'tc-guard';
const MIB = 2 ** 20;
const SIZE = 1200 * MIB;

const container = () =>
  engineGet<{ readonly State: { readonly Status: string; readonly ExitCode: number } }>(`/containers/nodectl-${NODE}/json`).State;
const mountpoint = () => engineGet<{ readonly Mountpoint: string }>(`/volumes/nodectl-${NODE}`).Mountpoint;
const status = (exit = 0) => nodectlJson<NodeStatus>(['status', NODE, '--timeout', '30s'], { exit });
const head = (port: number) => Number(rpc(port, 'eth_blockNumber'));
const filler = () => join(mountpoint(), 'filler');

describe.skipIf(!able)('a chain that a guard keeps to its size', { timeout: 180_000 }, () => {
  let report: UpReport;
  let guard: ReturnType<typeof watchGuard>;
  let last = 0;
  const guards: ChildProcess[] = [];
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);

  function watchGuard() {
    const env = { ...process.env, CI: 'true', XDG_STATE_HOME: STATE };
    const words = ['watch', NODE, '--guard', '--json', '--interval', '1s'];
    const child = spawn(process.execPath, [LAUNCHER, ...words], { stdio: ['ignore', 'pipe', 'ignore'], env });
    guards.push(child);
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    const events = () => stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as CloudEvent]));
    const told = (word: string) =>
      until(() => events().findLast(({ type }) => type === `io.nodectl.node.${word}`), `the event ${word}`, 90_000);
    return { child, ended, events, told };
  }

  beforeAll(async () => {
    await down();
    const limits = ['--memory', '512M', '--storage', String(SIZE), '--storage-mode', 'watchdog'];
    const up = await nodectl(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', ...limits, '--json', '--', '--dev.period', '1']);
    if (up.code !== 0) throw new Error(up.stderr);
    report = JSON.parse(up.stdout) as UpReport;
  }, 600_000);
  afterAll(async () => {
    for (const child of guards) child.kill('SIGKILL');
    await down();
  });

  it('is not told as kept before a guard is there, and is as long as one is', async () => {
    expect((await status()).storage).toMatchObject({ mode: 'watchdog', enforcement: 'not enforced', wanted: SIZE });
    guard = watchGuard();
    expect((await guard.told('guarded')).data).toMatchObject({ limitBytes: SIZE });
    expect((await status()).storage).toMatchObject({ enforcement: 'watchdog', held: SIZE });
  });

  it('is stopped in good order at its size', async () => {
    await until(() => head(report.spec.ports.http) >= 2 || undefined, 'two blocks', 60_000);
    execFileSync('fallocate', ['-l', String(700 * MIB), filler()]);
    last = head(report.spec.ports.http);
    expect((await guard.told('guard-stopped')).data).toMatchObject({ clean: true, exitCode: 0 });
    expect(container()).toMatchObject({ Status: 'exited', ExitCode: 0 });
    for (const event of guard.events()) validatesAgainst('watch', event);
  });

  it('is told as stopped at its size, and is not started into it', async () => {
    const { sync, notes } = await status(3);
    expect(sync).toEqual({ state: 'stopped', reason: 'storage-limit' });
    expect(notes.join()).toContain(`nodectl up --name ${NODE} --storage SIZE`);
    const started = await nodectl(['start', NODE, '--json']);
    expect([started.code, container().Status]).toEqual([4, 'exited']);
    expect(started.stderr).toContain('"code":"DISK_FULL"');
  });

  it('goes on with a larger size, no block lost, and is guarded again', async () => {
    const before = guard.events().length;
    const larger = await nodectlJson<UpReport>(['up', '--name', NODE, '--storage', '2G']);
    expect(larger.start?.ready?.head ?? 0).toBeGreaterThanOrEqual(last);
    await until(() => guard.events().length > before || undefined, 'another event', 60_000);
    expect((await guard.told('guarded')).data).toMatchObject({ limitBytes: 2048 * MIB });
    rmSync(filler());
    expect((await status()).storage).toMatchObject({ enforcement: 'watchdog', held: 2048 * MIB });
  });

  it('is not told as kept once its guard was killed', async () => {
    guard.child.kill('SIGKILL');
    await guard.ended;
    expect((await status()).storage).toMatchObject({ enforcement: 'not enforced' });
    expect((await nodectlJson<StartedReport>(['restart', NODE])).stop?.shutdown?.clean).toBe(true);
  });

  it('leaves nothing', async () => {
    expect((await down()).code).toBe(0);
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
  });
});
