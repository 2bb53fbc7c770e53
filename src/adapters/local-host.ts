import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../ports/host.ts';
import { cgroupCounters } from './cgroup-counters.ts';
import { cgroupFolders, type KernelRoots, read } from './cgroup-folders.ts';
import { cgroupLimits } from './cgroup-limits.ts';
import { cgroupStrain } from './cgroup-strain.ts';
import { cgroupUsage } from './cgroup-usage.ts';
import { directorySize, directorySizes } from './directory-size.ts';
import { engineFileLimit } from './engine-file-limit.ts';
import { hostMemory } from './host-memory.ts';
import { pageSize } from './page-size.ts';
import { portTaken } from './port-taken.ts';

const ROOTS: KernelRoots = { proc: '/proc', sys: '/sys', run: '/var/run' };

/** This machine, through the kernel's files; on a system without them every answer is undefined. */
export function localHost(roots: KernelRoots = ROOTS): Host {
  return {
    memory: () => hostMemory(roots),
    kernelLimits: (pid) => {
      const cgroup = cgroupFolders(roots, pid);
      return cgroup && cgroupLimits(cgroup);
    },
    kernelUsage: (pid) => {
      const cgroup = cgroupFolders(roots, pid);
      return cgroup && cgroupUsage(cgroup);
    },
    kernelStrain: (pid) => {
      const cgroup = cgroupFolders(roots, pid);
      return cgroup && cgroupStrain(cgroup, pageSize(roots));
    },
    kernelCounters: (pid) => {
      const cgroup = cgroupFolders(roots, pid);
      return cgroup && cgroupCounters(cgroup);
    },
    engineFileLimit: () => engineFileLimit(roots),
    swappiness: () => {
      const text = read(join(roots.proc, 'sys/vm/swappiness'))?.trim();
      return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
    },
    portTaken,
    directorySize,
    directorySizes,
    diskFree: (path) => {
      try {
        const { bavail, bsize } = statfsSync(path);
        return bavail * bsize;
      } catch {
        return undefined;
      }
    },
  };
}
