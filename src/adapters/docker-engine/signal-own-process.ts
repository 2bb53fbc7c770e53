import { readFileSync } from 'node:fs';
import type { Execution } from './execution.ts';

/**
 * Sends a signal to a program in a container, where the process that the engine names is one of this machine: its cgroup bears
 * the container's id then. False where it is not, has ended, or may not be signalled by this user.
 */
export function signalOwnProcess(program: Execution | undefined, signal: NodeJS.Signals): boolean {
  const { Pid = 0, ContainerID = '', Running = false } = program ?? {};
  if (!Running || Pid <= 0 || ContainerID === '') return false;
  try {
    if (!readFileSync(`/proc/${Pid}/cgroup`, 'utf8').includes(ContainerID)) return false;
    return process.kill(Pid, signal);
  } catch {
    return false;
  }
}
