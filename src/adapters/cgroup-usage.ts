import { join } from 'node:path';
import type { KernelUsage } from '../ports/host.ts';
import { type CgroupFolders, read } from './cgroup-folders.ts';

/**
 * What a process's cgroup uses. Memory as `docker stats` counts it: without the file cache that the kernel could drop at
 * once (`inactive_file`). Undefined when memory or CPU time cannot be read.
 */
export function cgroupUsage(cgroup: CgroupFolders): KernelUsage | undefined {
  const file = (controller: Parameters<CgroupFolders['folder']>[0], name: string) => {
    const folder = cgroup.folder(controller);
    return folder === undefined ? undefined : read(join(folder, name));
  };
  const count = (controller: Parameters<CgroupFolders['folder']>[0], name: string) => number(file(controller, name));
  const v1 = cgroup.version === 1;

  const charged = count('memory', v1 ? 'memory.usage_in_bytes' : 'memory.current');
  const cpuNanoseconds = v1 ? count('cpuacct', 'cpuacct.usage') : scale(keyed(file('cpu', 'cpu.stat'), 'usage_usec'), 1000);
  if (charged === undefined || cpuNanoseconds === undefined) return undefined;

  const droppable = keyed(file('memory', 'memory.stat'), v1 ? 'total_inactive_file' : 'inactive_file') ?? 0;
  const swap = v1 ? over(count('memory', 'memory.memsw.usage_in_bytes'), charged) : count('memory', 'memory.swap.current');
  return { memory: Math.max(0, charged - droppable), swap, cpuNanoseconds };
}

/** v1 counts memory and swap together, and the two files are not read at one instant. */
function over(both: number | undefined, memory: number): number | undefined {
  return both === undefined ? undefined : Math.max(0, both - memory);
}

function scale(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** The number after a key in a file of `key value` lines. */
export function keyed(text: string | undefined, key: string): number | undefined {
  return number(
    text
      ?.split('\n')
      .find((line) => line.startsWith(`${key} `))
      ?.slice(key.length + 1),
  );
}

function number(text: string | undefined): number | undefined {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}
