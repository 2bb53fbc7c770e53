import type { ContainerLimits } from '../ports/containers.ts';

/**
 * What a second geth that attaches to the first costs its container: measured with 1.12.0 to 1.17.8, 9 to 25 MB at the start of a
 * console, and more for what is asked in it.
 */
export const ATTACH_BYTES = 32 * 2 ** 20;

interface Use {
  readonly memory: number;
  readonly swap: number | undefined;
}

/**
 * Bytes that a container can still take before the kernel kills in it: of its memory, and of its swap where it may have some.
 * `swapFree` is what the machine has left of it, where that is known. Infinity without a limit.
 */
export function roomLeft(limits: ContainerLimits, use: Use, swapFree: number | undefined): number {
  if (limits.memory === 0) return Number.POSITIVE_INFINITY;
  const allowed = limits.memorySwap === -1 ? Number.POSITIVE_INFINITY : Math.max(0, limits.memorySwap - limits.memory);
  const swap = Math.max(0, Math.min(allowed - (use.swap ?? 0), swapFree ?? Number.POSITIVE_INFINITY));
  return Math.max(0, limits.memory - use.memory) + swap;
}
