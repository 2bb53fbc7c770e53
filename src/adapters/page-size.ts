import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelRoots } from './cgroup-folders.ts';

/** AT_PAGESZ of getauxval(3). */
const PAGE_SIZE = 6n;
const ORDINARY = 4096;

/** Bytes of a page of memory: 4 KiB on x86, up to 64 KiB on ARM; by the kernel's auxiliary vector of 64-bit pairs, least byte first. */
export function pageSize({ proc }: Pick<KernelRoots, 'proc'>): number {
  try {
    const vector = readFileSync(join(proc, 'self/auxv'));
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === PAGE_SIZE) return Number(vector.readBigUInt64LE(at + 8));
    }
  } catch {
    // Without /proc the ordinary one is as good as any.
  }
  return ORDINARY;
}
