import type { HostFiles } from '../../ports/host-files.ts';
import { lockName } from '../lock-name.ts';

/** Held by a guard of all nodes as long as it runs. */
export const GUARD_LOCK = 'guard';

/** Held by a guard for a container whose chain it has measured, as long as it can; the kernel frees it when the guard ends, however it ends. */
export function wardLock(containerId: string): string {
  return `guard-${containerId.slice(0, 12)}`;
}

/** Whether somebody holds that lock now, by the kernel's list of sockets, which everybody may read; taking it to find out would hinder the guard. */
export function isGuardSeen(lock: string, files: Pick<HostFiles, 'read'>): boolean {
  const read = files.read('/proc/net/unix', 4 * 1024 * 1024);
  // A zero byte is shown as @, and Node before 22 fills a name up with them.
  return 'text' in read && read.text.split('\n').some((line) => line.replace(/@+$/, '').endsWith(` @${lockName(lock)}`));
}
