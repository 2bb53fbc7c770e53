import type { JournalRecord } from '../ports.ts';
import type { CaseEvidence } from './evidence.ts';
import { killedInside } from './kernel/container-cgroup.ts';
import type { KernelRecord } from './kernel/kernel-record.ts';

/** The kernel tells of a kill before the engine has noted the end. */
const BEFORE_MS = 10_000;
const AFTER_MS = 2_000;
/** A record of the journal is one line of a few kilobytes at most. */
const MOST_RECORDS = 5;
const MOST_LINES = 4;
const LONGEST_LINE = 400;

const KINDS: readonly KernelRecord['kind'][] = ['oom-kill', 'fault', 'userspace-kill', 'storage-fault'];

/** What the kernel's log told of the end of a run, for the journal: the ring of the kernel turns, and is empty after a boot. */
export function kernelRecords({ container, run, kernel }: CaseEvidence): readonly Omit<JournalRecord, 'time'>[] {
  const { endedAt, pid } = run;
  if ('blind' in kernel || endedAt === null) return [];
  const concerns = (record: KernelRecord) => {
    if (record.kind === 'oom-kill') return killedInside(record, container.id, pid) || record.scope === 'host';
    return record.kind !== 'fault' || pid === null || record.pid === pid;
  };
  const near = ({ at }: KernelRecord) => at >= endedAt - BEFORE_MS && at <= endedAt + AFTER_MS;
  return kernel.seen.records
    .filter((record) => near(record) && concerns(record))
    .slice(-MOST_RECORDS)
    .map((record) => {
      const lines = record.lines.slice(-MOST_LINES).map((line) => line.slice(0, LONGEST_LINE));
      return { kind: 'kernel', data: { id: container.id, at: record.at, record: JSON.stringify({ ...record, lines }) } };
    });
}

/** What the journal keeps of the kernel's log about one container, oldest first. */
export function notedKernel(journal: readonly JournalRecord[], containerId: string): readonly KernelRecord[] {
  return journal
    .flatMap(({ kind, data }) => (kind === 'kernel' && data.id === containerId ? (parsed(data.record) ?? []) : []))
    .sort((a, b) => a.at - b.at);
}

/** The journal is nodectl's own; what is not of its shape is of another version. */
function parsed(text: unknown): KernelRecord | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const record = JSON.parse(text) as KernelRecord;
    const sound = KINDS.includes(record.kind) && typeof record.at === 'number' && Array.isArray(record.lines);
    return sound ? record : undefined;
  } catch {
    return undefined;
  }
}
