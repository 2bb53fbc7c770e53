import type { CaseEvidence } from './evidence.ts';
import { notedUse } from './journal-notes.ts';
import { phaseOf } from './run-phase.ts';

/** How long a run has gone on, ms; undefined for one that does not. */
export function uptimeOf(evidence: CaseEvidence): number | undefined {
  return phaseOf(evidence) === 'running' ? Math.max(0, evidence.now - evidence.run.startedAt) : undefined;
}

/** What was measured of a run that goes on, oldest first; nothing of one that does not. */
export function usesOf(evidence: CaseEvidence): ReturnType<typeof notedUse> {
  if (uptimeOf(evidence) === undefined) return [];
  return notedUse(evidence.journal, evidence.container.id).filter(({ time }) => time >= evidence.run.startedAt && time <= evidence.now);
}
