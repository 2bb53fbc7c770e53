import { formatSize } from '../node/size.ts';
import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { uptimeOf, usesOf } from './running-since.ts';
import type { EvidenceLine } from './verdict.ts';

/** Beyond these shares of memory and swap together a kill is near. Caches of files fill a memory too, and are given back. */
const NEARLY = 0.95;
const PRESSED = 0.1;
const FRESH_MS = 2 * 60_000;

/** That a running program has nearly all the memory and swap that it may have; undefined where it has not, or nobody can tell. */
export function nearLimit(evidence: CaseEvidence): EvidenceLine | undefined {
  const { container, counters, now } = evidence;
  const { memory, memorySwap } = container.limits;
  if (uptimeOf(evidence) === undefined || memory <= 0 || memorySwap < 0) return undefined;
  const whole = Math.max(memory, memorySwap);
  const last = usesOf(evidence).at(-1);
  if (last?.memory !== undefined && last.memory !== null && now - last.time <= FRESH_MS) {
    const used = last.memory + (last.swap ?? 0);
    return used >= NEARLY * whole ? line('last look at its memory', `${formatSize(used)} of ${formatSize(whole)}`, last.time) : undefined;
  }
  if (counters === null || counters.memoryBytes === null) return undefined;
  const used = counters.memoryBytes + (counters.swapBytes ?? 0);
  const swapFull = whole > memory && (counters.swapBytes ?? 0) >= NEARLY * (whole - memory);
  const hard = swapFull || (counters.memoryPressure ?? 0) >= PRESSED;
  return used >= NEARLY * whole && hard ? line('cgroup', `${formatSize(used)} of ${formatSize(whole)} in use`, counters.at) : undefined;
}
