import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../errors.ts';

const POLL_MS = 300;

interface Waiting {
  /** Hears, again and again, which process holds the lock. */
  readonly onWait: (pid: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does the work while holding a lock file that names this process; the lock of a process that is gone is taken over. The lock
 * only saves double work: entries are published whole, so two builders at once would still end well.
 */
export async function withBuildLock<T>(path: string, { onWait, signal }: Waiting, work: () => Promise<T>): Promise<T> {
  while (!take(path)) {
    const holder = readHolder(path);
    if (holder === undefined || !alive(holder)) {
      removeStale(path);
      continue;
    }
    onWait(holder.pid);
    await sleep(POLL_MS, undefined, { signal }).catch(() => {
      throw new NodectlError('INTERRUPTED', 'Interrupted while waiting for another build.');
    });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

interface Holder {
  readonly pid: number;
  /** The kernel's start time of the process: a reused pid has another. */
  readonly started: string;
}

/** Links a complete file into place, so that nobody ever reads half a lock. */
function take(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves the lock aside before judging it again: what was moved may be a new holder's, which then gets it back. */
function removeStale(path: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  try {
    if (holder !== undefined && alive(holder)) linkSync(aside, path);
  } catch {
    // Someone else holds it by now.
  } finally {
    rmSync(aside, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && pid > 0 && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function alive({ pid, started }: Holder): boolean {
  const now = startOf(pid);
  return now !== '' && now === started;
}

/** Field 22 of /proc/PID/stat, with the boot it counts from; '' when there is no such process. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}
