import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { notedKernel } from '../diagnosis/kernel-notes.ts';
import type { KernelLogQuery } from '../ports/kernel-log.ts';
import type { JournalRecord, World } from '../ports.ts';
import { readKernelLog } from './read-kernel-log.ts';
import { withinDeadline } from './within-deadline.ts';

/** What the kernel's log tells, by `deadline` (an instant), with what the journal kept of it about a container. */
export async function seeKernel(
  containerId: string,
  query: KernelLogQuery,
  { local, journal }: { readonly local: boolean; readonly journal: readonly JournalRecord[] },
  deadline: number,
  world: World,
): Promise<CaseEvidence['kernel']> {
  const read = await withinDeadline(readKernelLog(query, local, world), deadline, world.clock);
  const now = read === 'late' ? { blind: 'the log of the kernel could not be read in time' } : read.value;
  const noted = notedKernel(journal, containerId);
  const [first] = noted;
  if (first === undefined) return now;
  // What was kept says nothing of what was not.
  if ('blind' in now) return { seen: { records: noted, since: first.at, source: `the evidence journal (${now.blind})` } };
  const { records, since, source } = now.seen;
  const known = new Set(records.map(({ kind, at }) => `${kind} ${Math.round(at / 1000)}`));
  const added = noted.filter(({ kind, at }) => at < since && !known.has(`${kind} ${Math.round(at / 1000)}`));
  return { seen: { records: [...added, ...records], since, source } };
}
