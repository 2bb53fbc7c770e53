import type { CaseEvidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

interface Case {
  readonly evidence: CaseEvidence;
  readonly verdict: Verdict;
}

/** What is ill so soon after an end is so because of it. */
const SETTLING_MS = 10 * 60_000;

/**
 * A node's cases, first causes before their effects: what is down now before what is only ill, since who waits for it cannot be well, and
 * that before an end that is over; among those that are down, who ended first. Whatever is well comes last.
 */
export function firstCauseFirst<C extends Case>(cases: readonly C[]): readonly C[] {
  return [...cases].sort((a, b) => rank(a) - rank(b) || (a.evidence.run.endedAt ?? 0) - (b.evidence.run.endedAt ?? 0));
}

function rank({ evidence: { present, run, container, now }, verdict: { code } }: Case): number {
  if (code === 0) return 5;
  const down = present && (run.endedAt !== null || container.startedAt === 0);
  if (down) return 0;
  if (!present) return 2;
  if (code === 3) return 4;
  return now - run.startedAt < SETTLING_MS ? 3 : 1;
}
