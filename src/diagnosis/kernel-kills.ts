import { endEvents, killSent } from './end-events.ts';
import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { containersOf } from './kernel/container-cgroup.ts';
import type { KernelRecord, OomKill } from './kernel/kernel-record.ts';
import { endOf } from './run-phase.ts';
import type { Confidence, EvidenceLine } from './verdict.ts';

/** Whose want of memory a kill was: of the container's own limit, of one above it, or of the whole host. */
export type MemoryScope = 'own' | 'parent' | 'host';

export interface FatalKill {
  readonly record: OomKill;
  readonly scope: MemoryScope;
  readonly confidence: Confidence;
}

/** The killed process ends, and the engine sees it, within this time. */
const NEAR_MS = 2_000;
/** The clock of the kernel's log is not corrected by the network's time: it goes wrong by so much of the time since boot. */
const DRIFT = 50e-6;

/** How far the time of a kernel record and that of an end may lie apart, ms. */
export function kernelSlack({ now, host }: CaseEvidence): number {
  return NEAR_MS + (host.bootedAt === null ? 3_000 : Math.max(0, now - host.bootedAt) * DRIFT);
}

/** The records of one kind in the run's time; none where the kernel's log was not seen. */
export function kernelRecords<K extends KernelRecord['kind']>(
  evidence: CaseEvidence,
  kind: K,
): readonly Extract<KernelRecord, { readonly kind: K }>[] {
  const { kernel, run, now } = evidence;
  if (!('seen' in kernel)) return [];
  const slack = kernelSlack(evidence);
  const [from, to] = [run.startedAt - slack, (run.endedAt ?? now) + slack];
  return kernel.seen.records.filter(
    (record): record is Extract<KernelRecord, { readonly kind: K }> => record.kind === kind && record.at >= from && record.at <= to,
  );
}

/** Processes of this container that the kernel killed for want of memory in this run, oldest first. */
export function killsInside(evidence: CaseEvidence): readonly OomKill[] {
  const { container, run } = evidence;
  return kernelRecords(evidence, 'oom-kill').filter(({ victimCgroup, pid, process }) => {
    if (victimCgroup !== '') return containersOf(victimCgroup).includes(container.id);
    // Kernels before 5.0 name the process alone when the host has no memory.
    return run.pid === null ? evidence.role === 'execution' && process === 'geth' : pid === run.pid;
  });
}

/** Whose limit it was that was met. */
export function scopeOf({ scope, limitCgroup }: OomKill, containerId: string): MemoryScope {
  if (scope === 'host') return 'host';
  return limitCgroup === null || containersOf(limitCgroup).includes(containerId) ? 'own' : 'parent';
}

/**
 * The kill that ended the container: of its first process, or, where its process id is not known or is that of an init or a shell, one
 * at the very moment of an end by SIGKILL that nobody else sent. Undefined where there was none.
 */
export function fatalKill(evidence: CaseEvidence): FatalKill | undefined {
  const end = endOf(evidence);
  if (end === undefined || (end.code !== null && end.code !== 137)) return undefined;
  const kills = killsInside(evidence);
  const found = (record: OomKill | undefined, confidence: Confidence) =>
    record && { record, confidence, scope: scopeOf(record, evidence.container.id) };
  const { pid } = evidence.run;
  const first = pid === null ? undefined : kills.findLast((record) => record.pid === pid);
  if (first !== undefined) return found(first, 'certain');
  const events = endEvents(evidence);
  if (killSent(events) !== undefined) return undefined;
  const near = kills.findLast(({ at }) => Math.abs(at - end.at) <= kernelSlack(evidence));
  const sure = events.complete && end.code === 137 && near?.victimCgroup !== '';
  return found(near, sure ? 'certain' : 'likely');
}

/** Whether the kernel's log was read, and reaches back to before the end of the run. */
export function kernelCovers(evidence: CaseEvidence): boolean {
  const end = endOf(evidence)?.at ?? evidence.now;
  return 'seen' in evidence.kernel && evidence.kernel.seen.since <= end - kernelSlack(evidence);
}

/** Where the kernel's log was read. */
export function kernelSource({ kernel }: CaseEvidence): string {
  return 'seen' in kernel ? kernel.seen.source : 'kernel log';
}

/** That the kernel's log tells nothing of that time, and why; nothing where it does. */
export function kernelDoubts(evidence: CaseEvidence): readonly EvidenceLine[] {
  const { kernel } = evidence;
  if (!('seen' in kernel)) return [line('kernel log', `not read: ${kernel.blind}`)];
  return kernelCovers(evidence) ? [] : [line(kernel.seen.source, 'it reaches back only to after the end', kernel.seen.since)];
}
