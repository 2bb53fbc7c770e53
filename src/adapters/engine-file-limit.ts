import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type KernelRoots, read } from './cgroup-folders.ts';

const CAP_SYS_RESOURCE = 24n;

/**
 * How many open files the engine on this machine may grant a container; undefined when no dockerd is seen. An engine with
 * CAP_SYS_RESOURCE may raise its hard limit up to fs.nr_open; without it, the hard limit is the ceiling and asking for
 * more fails the start.
 */
export function engineFileLimit(roots: KernelRoots): number | undefined {
  const folder = engineFolder(roots);
  if (folder === undefined) return undefined;
  const hard = /^Max open files\s+\S+\s+(\d+|unlimited)/m.exec(read(join(folder, 'limits')) ?? '')?.[1];
  const capabilities = /^CapEff:\s*([0-9a-f]+)/m.exec(read(join(folder, 'status')) ?? '')?.[1];
  const nrOpen = Number(read(join(roots.proc, 'sys/fs/nr_open')) ?? Number.NaN);
  const mayRaise = capabilities !== undefined && ((BigInt(`0x${capabilities}`) >> CAP_SYS_RESOURCE) & 1n) === 1n;
  if ((mayRaise || hard === 'unlimited') && !Number.isNaN(nrOpen)) return nrOpen;
  return hard === undefined || hard === 'unlimited' ? undefined : Number(hard);
}

/** /proc/<pid> of dockerd: by its pid file, else by looking through the processes. */
function engineFolder(roots: KernelRoots): string | undefined {
  const recorded = read(join(roots.run, 'docker.pid'))?.trim();
  const candidates = recorded !== undefined && /^\d+$/.test(recorded) ? [recorded, ...processes(roots)] : processes(roots);
  const pid = candidates.find((candidate) => read(join(roots.proc, candidate, 'comm'))?.trim() === 'dockerd');
  return pid === undefined ? undefined : join(roots.proc, pid);
}

function processes(roots: KernelRoots): string[] {
  try {
    return readdirSync(roots.proc).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
