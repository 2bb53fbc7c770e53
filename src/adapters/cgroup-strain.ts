import { join } from 'node:path';
import type { KernelStrain } from '../ports/host.ts';
import { type CgroupFolders, read } from './cgroup-folders.ts';
import { keyed } from './cgroup-usage.ts';

/**
 * How hard a cgroup is pressed. What was swapped in is told by `pswpin` where the kernel has it, else by the pages whose return the
 * kernel noticed (`workingset_refault_anon`, 5.9 and later, also in cgroup v1). Undefined where memory is not accounted.
 */
export function cgroupStrain(cgroup: CgroupFolders, pageBytes: number): KernelStrain | undefined {
  const folder = cgroup.folder('memory');
  const file = (name: string) => (folder === undefined ? undefined : read(join(folder, name)));
  const v1 = cgroup.version === 1;
  const charged = Number(file(v1 ? 'memory.usage_in_bytes' : 'memory.current')?.trim() || Number.NaN);
  if (Number.isNaN(charged)) return undefined;

  const stat = file('memory.stat');
  const count = (key: string) => keyed(stat, v1 ? `total_${key}` : key);
  const pages = (found: number | undefined) => (found === undefined ? undefined : found * pageBytes);
  const cache = (count('inactive_file') ?? 0) + (count('active_file') ?? 0);
  return {
    held: Math.max(0, charged - cache),
    pressure: v1 ? undefined : pressure(file),
    swappedIn: pages(count('pswpin') ?? count('workingset_refault_anon')),
    swappedOut: pages(count('pswpout')),
  };
}

/** The files have a line `some avg10=1.23 avg60=… total=…` and, but for cpu on old kernels, one of `full`. */
function pressure(file: (name: string) => string | undefined): KernelStrain['pressure'] {
  const [memory, cpu, io] = ['memory', 'cpu', 'io'].map((name) => file(`${name}.pressure`));
  const share = (text: string | undefined, who: 'some' | 'full') =>
    Number(new RegExp(`^${who} avg10=(\\d+(?:\\.\\d+)?)`, 'm').exec(text ?? '')?.[1]) / 100;
  const found = {
    memorySome: share(memory, 'some'),
    memoryFull: share(memory, 'full'),
    cpuSome: share(cpu, 'some'),
    ioSome: share(io, 'some'),
    ioFull: share(io, 'full'),
  };
  return Object.values(found).some(Number.isNaN) ? undefined : found;
}
