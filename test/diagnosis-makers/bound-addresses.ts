import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ROOM = 200 * 2 ** 20;

/** Leaves a process room for so little more than it has; asked as its own user, who may. */
export function boundAddresses(pid: number): void {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const first = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const bytes = first('VmSize') * 1024 + ROOM;
  execFileSync('prlimit', [`--as=${bytes}`, '--pid', String(pid)], { uid: first('Uid'), gid: first('Gid') });
}
