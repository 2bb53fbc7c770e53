import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  /** Resolves when it answers. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const SUPERVISE = `
ip link set lo up
while [ ! -e "$1/closing" ]; do
  rm -f "$1/dockerd.pid"
  dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/dockerd.pid" -H "unix://$1/docker.sock" >>"$1/dockerd.log" 2>&1
done`;

export async function privateEngine(): Promise<PrivateEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-engine-'));
  const socket = join(folder, 'docker.sock');
  const words = ['-n', '-m', '--propagation', 'private', 'sh', '-c', SUPERVISE, 'sh', folder];
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
