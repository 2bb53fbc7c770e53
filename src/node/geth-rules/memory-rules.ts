import { inRange } from '../geth-version.ts';
import { MIB } from '../size.ts';

/**
 * Geth's share of a container's memory limit. Measured under a load of state-writing transactions (2026-11, 1 GiB limit):
 * geth 1.16.9 with a Go heap limit of 0.59 of the limit and a cache of an eighth lived and answered; 0.68 and 0.78 were
 * OOM-killed, and so were geth's own defaults, with swap or without. What is outside the Go heap (pebble's tables and
 * memtables, mapped files, the kernel's share) needs the rest.
 */
const HEAP_SHARE = 0.58;
const CACHE_SHARE = 1 / 8;
const LEAST_CACHE_MIB = 16;
/** Geth's own default on public networks from 1.17.2 on; more brings little. */
const LARGEST_CACHE_MIB = 4096;

/** How a version takes a soft limit of its memory: its own option, or the Go runtime's variable. */
const HEAP_LIMIT_RULES = [
  { how: '--memorylimit', since: '1.17.5' },
  { how: 'GOMEMLIMIT', until: '1.17.4' },
] as const;

export interface MemorySettings {
  /** `--cache`, MiB. */
  readonly cacheMib: number;
  /** The soft limit of the Go heap, MiB, and how this version takes it. */
  readonly heapMib: number;
  readonly heapBy: '--memorylimit' | 'GOMEMLIMIT';
}

/** What geth is told of its memory inside a container limited to `limit` bytes; swap is a cushion and never counted on. */
export function memorySettings(version: string, limit: number): MemorySettings {
  const limitMib = limit / MIB;
  const rule = HEAP_LIMIT_RULES.find((row) => inRange(version, row)) ?? HEAP_LIMIT_RULES[0];
  return {
    cacheMib: Math.min(LARGEST_CACHE_MIB, Math.max(LEAST_CACHE_MIB, Math.floor(limitMib * CACHE_SHARE))),
    heapMib: Math.floor(limitMib * HEAP_SHARE),
    heapBy: rule.how,
  };
}
