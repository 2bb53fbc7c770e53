import { keyedNumber } from '../../host/kernel/keyed-number.ts';
import { engineProcess } from '../../host/processes.ts';
import type { HostFiles } from '../../ports/host-files.ts';
import type { HostEvidence } from '../evidence.ts';

/** USER_HZ of every architecture that Docker runs on: the unit of proc(5) stat. */
const TICK_MS = 10;

/**
 * When this machine and its engine began, to a second, and how often the kernel killed for want of memory since; each null where the
 * kernel's files do not tell.
 */
export function hostTimes(files: HostFiles): Pick<HostEvidence, 'bootedAt' | 'engineStartedAt' | 'oomKills'> {
  const text = (path: string) => {
    const file = files.read(path);
    return 'text' in file ? file.text : '';
  };
  const seconds = keyedNumber(text('/proc/stat'), 'btime');
  const bootedAt = seconds === undefined ? null : seconds * 1000;
  const engine = engineProcess(files);
  const ticks = engine === undefined ? undefined : startTicks(text(`/proc/${engine}/stat`));
  return {
    bootedAt,
    engineStartedAt: bootedAt === null || ticks === undefined ? null : bootedAt + ticks * TICK_MS,
    oomKills: keyedNumber(text('/proc/vmstat'), 'oom_kill') ?? null,
  };
}

/** The 22nd field of proc(5) stat; the second is the program's own choice and may hold anything but ends with the last bracket. */
function startTicks(stat: string): number | undefined {
  const word = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/)[19];
  return word !== undefined && /^\d{1,15}$/.test(word) ? Number(word) : undefined;
}
