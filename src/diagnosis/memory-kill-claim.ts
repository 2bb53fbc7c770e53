import { askedToEnd, endEvents } from './end-events.ts';
import type { CaseEvidence } from './evidence.ts';
import { eventLine, exitLine, kernelLines, limitLine, oomFlagLine } from './evidence-lines.ts';
import { type FatalKill, kernelSource } from './kernel-kills.ts';
import type { Claim } from './verdict.ts';

/** What speaks for and against a kill that the kernel's log proves. */
export function killedForMemory(
  evidence: CaseEvidence,
  { record, confidence }: FatalKill,
): Pick<Claim, 'confidence' | 'supports' | 'doubts'> {
  const events = endEvents(evidence);
  const { oomKilled, pid } = evidence.run;
  const asked = askedToEnd(events);
  return {
    confidence,
    supports: [
      ...kernelLines(record, kernelSource(evidence)),
      exitLine(evidence),
      ...(oomKilled === true ? [oomFlagLine(evidence)] : []),
      ...(events.oom === undefined ? [] : [eventLine(events.oom)]),
      limitLine(evidence),
    ],
    doubts: [
      // The engine misses kills for want of memory of the host, wholly on cgroup v1 and now and then on v2.
      ...(oomKilled === false ? [oomFlagLine(evidence)] : []),
      ...(pid !== null && pid !== record.pid
        ? [{ source: 'process id', value: `killed ${record.pid}, its first process was ${pid}`, at: null }]
        : []),
      ...(asked === undefined ? [] : [eventLine(asked)]),
    ],
  };
}
