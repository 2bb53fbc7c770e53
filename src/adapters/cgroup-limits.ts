import { join } from 'node:path';
import type { KernelLimits } from '../ports/host.ts';
import { type CgroupFolders, read } from './cgroup-folders.ts';

/** The limits in a process's own cgroup files, each with the file it came from. */
export function cgroupLimits(cgroup: CgroupFolders): KernelLimits {
  const sources: Record<string, string> = {};
  const text = (field: string, controller: Parameters<CgroupFolders['folder']>[0], file: string) => {
    const folder = cgroup.folder(controller);
    const content = folder === undefined ? undefined : read(join(folder, file))?.trim();
    if (folder !== undefined && content !== undefined) sources[field] = join(folder, file);
    return content;
  };

  const pids = quantity(text('pids', 'pids', 'pids.max'));
  if (cgroup.version === 2) {
    const [quota, period] = text('cpus', 'cpu', 'cpu.max')?.split(' ') ?? [];
    const memory = quantity(text('memory', 'memory', 'memory.max'));
    const swap = quantity(text('swap', 'memory', 'memory.swap.max'));
    return { cgroupVersion: 2, memory, swap, cpus: ratio(quota, period), pids, sources };
  }
  const memory = quantity(text('memory', 'memory', 'memory.limit_in_bytes'));
  const both = quantity(text('swap', 'memory', 'memory.memsw.limit_in_bytes'));
  const swap = both === undefined || memory === undefined ? undefined : both === Number.POSITIVE_INFINITY ? both : both - memory;
  const cpus = ratio(text('cpus', 'cpu', 'cpu.cfs_quota_us'), text('cpuPeriod', 'cpu', 'cpu.cfs_period_us'));
  return { cgroupVersion: 1, memory, swap, cpus, pids, sources };
}

/** `max`, and v1's page-rounded 2^63, mean no limit. */
function quantity(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
  if (Number.isNaN(value)) return undefined;
  return value >= 2 ** 60 ? Number.POSITIVE_INFINITY : value;
}

/** CPUs from quota and period; a quota of `max` or -1 means no limit. */
function ratio(quota: string | undefined, period: string | undefined): number | undefined {
  const allowed = quota === '-1' ? Number.POSITIVE_INFINITY : quantity(quota);
  const span = quantity(period);
  return allowed === undefined || span === undefined || span <= 0 ? undefined : allowed / span;
}
