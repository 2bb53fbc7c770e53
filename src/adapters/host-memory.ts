import { join } from 'node:path';
import type { HostMemory } from '../ports/host.ts';
import { type KernelRoots, read } from './cgroup-folders.ts';

/** This machine's memory and swap from /proc/meminfo, which counts in kB of 1024. */
export function hostMemory(roots: KernelRoots): HostMemory | undefined {
  const text = read(join(roots.proc, 'meminfo'));
  if (text === undefined) return undefined;
  const bytes = (key: string) => {
    const kilobytes = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  };
  const total = bytes('MemTotal');
  const available = bytes('MemAvailable') ?? bytes('MemFree');
  if (total === undefined || available === undefined) return undefined;
  return { total, available, swapTotal: bytes('SwapTotal') ?? 0, swapFree: bytes('SwapFree') ?? 0 };
}
