import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineGet, until } from './engine-view.ts';

/** A dockerd of a test's own, in a network namespace of its own, which may be ended and comes back like a service. */
export interface PrivateEngine {
  readonly socket: string;
  /** Words that run a program where the engine's published ports are. */
  readonly inside: readonly string[];
  /** Ends dockerd as a service manager does; its supervisor starts it again. */
  restart(): void;
  /** Ends it and every container of it at once, as a loss of power does; its supervisor starts it again. */
  crash(): void;
  /** The file with the engine's process id, which on a machine of its own is /run/docker.pid. */
  readonly pidFile: string;
  /** Resolves when it answers. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const SUPERVISE = `
ip link set lo up
eval "$2"
while [ ! -e "$1/closing" ]; do
  rm -f "$1/dockerd.pid"
  dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/dockerd.pid" -H "unix://$1/docker.sock" >>"$1/dockerd.log" 2>&1
done`;

/** `prepare` runs in its namespaces before it, by a shell whose $1 is the folder of its own; its data is in `$1/data`. */
export async function privateEngine(prepare = ''): Promise<PrivateEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-engine-'));
  const socket = join(folder, 'docker.sock');
  const words = ['-n', '-m', '--propagation', 'private', 'sh', '-c', SUPERVISE, 'sh', folder, prepare];
  const supervisor = spawn('unshare', words, { stdio: 'ignore' });
  const over = new Promise<void>((resolve) => {
    supervisor.on('close', () => resolve());
  });
  const ready = () => until(() => answers(socket), 'the private engine to answer', 60_000).then(() => undefined);
  const dockerd = () => Number(readFileSync(join(folder, 'dockerd.pid'), 'utf8'));
  await ready();
  return {
    socket,
    inside: ['nsenter', '-t', String(supervisor.pid), '-n'],
    restart: () => {
      process.kill(dockerd(), 'SIGTERM');
    },
    crash: () => {
      for (const pid of processesOf(folder)) process.kill(pid, 'SIGKILL');
    },
    pidFile: join(folder, 'dockerd.pid'),
    ready,
    close: async () => {
      writeFileSync(join(folder, 'closing'), '');
      process.kill(dockerd(), 'SIGTERM');
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(socket: string): true | undefined {
  try {
    engineGet('/info', socket);
    return true;
  } catch {
    return undefined;
  }
}

const PROGRAMS = /(?:^|\/)(?:dockerd|docker-proxy|containerd|containerd-shim-runc-v2)$/;

/** dockerd, its containerd and shims, and before all of them what the shims run. */
function processesOf(folder: string): readonly number[] {
  const own = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOf(folder, name));
  const containers = own.flatMap((pid) => (programOf(pid).includes('shim') ? childrenOf(pid) : []));
  return [...new Set([...containers, ...own])].map(Number);
}

function isOf(folder: string, pid: string): boolean {
  return PROGRAMS.test(programOf(pid)) && words(pid).some((word) => word.includes(folder));
}

function programOf(pid: string): string {
  return words(pid)[0] ?? '';
}

function words(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function childrenOf(pid: string): readonly string[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean));
}
