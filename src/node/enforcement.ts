import type { ContainerLimits } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { KernelLimits } from '../ports/host.ts';
import { formatSize } from './size.ts';

/** One limit: what was planned, what is really in force, and who says so. */
export interface Enforcement {
  readonly limit: 'memory' | 'swap' | 'cpus' | 'pids';
  /** Bytes, CPUs or processes. */
  readonly wanted: number;
  /** Null = no limit is in force, or nobody can tell. */
  readonly inForce: number | null;
  readonly enforced: boolean;
  /** A kernel file, or the engine. */
  readonly source: string;
}

/** The kernel rounds memory limits to pages and swap to its own; a difference below this is no difference. */
const ROUNDING = 64 * 1024;

/** What the kernel holds against what was planned; by the engine's word where the kernel's files cannot be seen. */
export function judgeEnforcement(
  wanted: ContainerLimits,
  kernel: KernelLimits | undefined,
  engine: { readonly limits: ContainerLimits; readonly enforces: EngineInfo['enforces'] },
): readonly Enforcement[] {
  const want = {
    memory: wanted.memory,
    swap: wanted.memorySwap - wanted.memory,
    cpus: wanted.nanoCpus / 1e9,
    pids: wanted.pids,
  };
  const seen = kernel === undefined ? byEngine(engine) : { ...kernel, sources: kernel.sources };
  return (['memory', 'swap', 'cpus', 'pids'] as const).map((limit) => {
    const value = seen[limit];
    const inForce = value === undefined || !Number.isFinite(value) ? null : value;
    const tolerance = limit === 'cpus' ? 0.01 : limit === 'pids' ? 0 : ROUNDING;
    const enforced = inForce !== null && Math.abs(inForce - want[limit]) <= tolerance;
    return { limit, wanted: want[limit], inForce, enforced, source: seen.sources[limit] ?? 'not visible' };
  });
}

function byEngine({ limits, enforces }: { readonly limits: ContainerLimits; readonly enforces: EngineInfo['enforces'] }) {
  const source = 'the engine';
  return {
    memory: enforces.memory && limits.memory > 0 ? limits.memory : undefined,
    swap: enforces.swap && limits.memorySwap > 0 ? limits.memorySwap - limits.memory : undefined,
    cpus: enforces.cpu && limits.nanoCpus > 0 ? limits.nanoCpus / 1e9 : undefined,
    pids: enforces.pids && limits.pids > 0 ? limits.pids : undefined,
    sources: { memory: source, swap: source, cpus: source, pids: source },
  };
}

/** A sentence for a limit that is not in force as planned. */
export function enforcementWarning(row: Enforcement): string {
  const show = (value: number) => (row.limit === 'memory' || row.limit === 'swap' ? formatSize(value) : String(value));
  const why = row.limit === 'swap' ? ' (no swap accounting for this container?)' : '';
  const found = row.inForce === null ? 'no limit is in force' : `${show(row.inForce)} is in force`;
  return `${row.limit}: ${show(row.wanted)} was planned, ${found}${why} [${row.source}]`;
}
