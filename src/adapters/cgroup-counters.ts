import { join } from 'node:path';
import type { KernelCounters } from '../ports/host.ts';
import { type CgroupFolders, read } from './cgroup-folders.ts';
import { keyed } from './cgroup-usage.ts';

/** What the kernel counts of a cgroup's memory. Undefined where memory is not accounted. */
export function cgroupCounters(cgroup: CgroupFolders): KernelCounters | undefined {
  const folder = cgroup.folder('memory');
  if (folder === undefined) return undefined;
  const file = (name: string) => read(join(folder, name));
  const counters = cgroup.version === 1 ? ofVersion1(file) : ofVersion2(file);
  return counters.memoryBytes === undefined ? undefined : counters;
}

type ReadFile = (name: string) => string | undefined;

function ofVersion1(file: ReadFile): KernelCounters {
  const memory = number(file('memory.usage_in_bytes'));
  const both = number(file('memory.memsw.usage_in_bytes'));
  return {
    // Not before Linux 4.13.
    oomKills: keyed(file('memory.oom_control'), 'oom_kill'),
    limitHits: number(file('memory.failcnt')),
    peakBytes: number(file('memory.max_usage_in_bytes')),
    memoryBytes: memory,
    swapBytes: both === undefined || memory === undefined ? undefined : Math.max(0, both - memory),
    memoryPressure: undefined,
  };
}

function ofVersion2(file: ReadFile): KernelCounters {
  const events = file('memory.events');
  const pressure = /^some .*\bavg60=(\d{1,3}(?:\.\d{1,4})?)\b/m.exec(file('memory.pressure') ?? '')?.[1];
  return {
    oomKills: keyed(events, 'oom_kill'),
    limitHits: keyed(events, 'max'),
    peakBytes: number(file('memory.peak')),
    memoryBytes: number(file('memory.current')),
    swapBytes: number(file('memory.swap.current')),
    memoryPressure: pressure === undefined ? undefined : Number(pressure) / 100,
  };
}

function number(text: string | undefined): number | undefined {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}
