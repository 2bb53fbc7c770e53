import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requires } from '../require.ts';
import { nodectl } from './cli.ts';
import { until } from './engine-view.ts';

const DAEMON = '/etc/docker/daemon.json';

/** An engine whose socket and settings are where every engine has them, in namespaces of their own; it comes back when it ends. */
const SUPERVISE = `
ip link set lo up
mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /etc/docker && touch /run/own
while [ ! -e "$1/closing" ]; do
  rm -f /run/docker.pid
  dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile /run/docker.pid >>"$1/log" 2>&1
done`;

describe.skipIf(!(await requires('docker', 'root')))("settings of a real engine, where its package's are", () => {
  let folder: string;
  let supervisor: ChildProcess;
  let inside: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nodectl-settings-'));
    supervisor = spawn('unshare', ['-n', '-m', '--propagation', 'private', 'sh', '-c', SUPERVISE, 'sh', folder], { stdio: 'ignore' });
    inside = ['nsenter', '-t', String(supervisor.pid), '-n', '-m'];
    await ready();
  });

  afterAll(async () => {
    const over = new Promise<void>((resolve) => supervisor.on('close', () => resolve()));
    await ready();
    writeFileSync(join(folder, 'closing'), '');
    await end();
    await over;
    rmSync(folder, { recursive: true, force: true });
  });

  const [local, clean] = [{ DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined }, { stdio: 'pipe', encoding: 'utf8' } as const];
  const run = (program: string, ...words: string[]) => execFileSync(inside[0] ?? '', [...inside.slice(1), program, ...words], clean);
  const docker = (...words: string[]) => run('docker', '-H', 'unix:///run/docker.sock', ...words);
  const install = (...words: string[]) => nodectl(['host', 'docker', 'install', ...words], { through: inside, env: local });
  /** Undefined between two of its lives. */
  const pid = () => Number(run('sh', '-c', 'cat /run/docker.pid 2>/dev/null || true')) || undefined;
  const end = async () => process.kill(await until(pid, 'the engine to have a process', 60_000), 'SIGTERM');
  const log = () => readFileSync(join(folder, 'log'), 'utf8');
  /** Before its own /run is mounted, the machine's engine would answer in its place. */
  const answers = () => {
    try {
      run('test', '-e', '/run/own');
      return docker('info', '--format', '{{.ID}}');
    } catch {
      return undefined;
    }
  };
  const ready = () => until(answers, 'the engine to answer', 60_000);
  const logConfig = (name: string) => {
    docker('create', '--name', name, 'settings-empty', '/x');
    return JSON.parse(docker('inspect', name, '--format', '{{json .HostConfig.LogConfig.Config}}')) as unknown;
  };

  test('the engine takes what install adds, at once where it can and after a restart, and finds nothing to add again', async () => {
    run('sh', '-c', 'tar c -T /dev/null | docker -H unix:///run/docker.sock import - settings-empty');
    expect(logConfig('before')).toEqual({});
    const installed = await install('--yes', '--json');
    expect(JSON.parse(installed.stdout)).toMatchObject({ alreadyRunning: true, restartDue: true });
    await until(() => (log().includes('Reloaded configuration') ? true : undefined), 'the engine to read its settings', 20_000);
    expect(log()).toMatch(/Reloaded configuration.*shutdown-timeout\\":330/);
    const first = pid();
    await end();
    await until(() => (pid() === first ? undefined : answers()), 'the engine to come back', 60_000);
    expect(logConfig('after')).toEqual({ 'max-size': '10m', 'max-file': '3' });
    expect(JSON.parse((await install('--yes', '--json')).stdout)).toMatchObject({ settings: [], restartDue: false });
  }, 120_000);

  test('settings that are broken are refused and stay as they are', async () => {
    run('sh', '-c', `printf '{"a": [' > ${DAEMON}`);
    const { code, stderr } = await install('--yes');
    expect([code, stderr]).toEqual([4, expect.stringContaining('broken')]);
    expect(run('cat', DAEMON)).toBe('{"a": [');
    run('rm', DAEMON);
  });
});
