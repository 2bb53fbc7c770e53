import { type DeathCost, deathCost } from './cost.ts';
import type { CaseEvidence } from './evidence.ts';
import type { Rule } from './rule.ts';
import { LAST_RESORTS, RULES } from './rules/index.ts';
import { phaseOf } from './run-phase.ts';
import { CONFIDENCES, type Verdict } from './verdict.ts';

/** What a case comes to. */
export interface JudgedRun {
  /** The first cause that was found. */
  readonly verdict: Verdict;
  /** What else was seen, most certain first. */
  readonly also: readonly Verdict[];
  /** What its end cost; null where it goes on, never ran, or has nothing that an end could harm. */
  readonly cost: DeathCost | null;
}

/** Asks every rule: the surest verdict is first, among equally sure ones the first cause. Pure: the same evidence gives the same words. */
export function judgeCase(evidence: CaseEvidence): JudgedRun {
  const found = RULES.flatMap((rule) => verdictsOf(rule, evidence));
  const runs = phaseOf(evidence) === 'running';
  // What a program lived through is no cause of its end.
  const [causes, asides] = [found.filter(({ code }) => runs || code !== 3), found.filter(({ code }) => !runs && code === 3)];
  const sorted = [...causes].sort((a, b) => CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence));
  const first = sorted[0] ?? lastResort(evidence);
  return { verdict: first, also: [...sorted.slice(1), ...asides], cost: deathCost(evidence) };
}

function lastResort(evidence: CaseEvidence): Verdict {
  const [first] = LAST_RESORTS.flatMap((rule) => verdictsOf(rule, evidence));
  return (
    first ?? { id: 'unknown', code: 39, confidence: 'possible', meaning: 'Nothing is known of it.', supports: [], doubts: [], remedies: [] }
  );
}

function verdictsOf(rule: Rule, evidence: CaseEvidence): readonly Verdict[] {
  const claim = rule.judge(evidence);
  if (claim === undefined) return [];
  const meaning = claim.meaning.replace(/^the /, 'The ');
  return [{ ...claim, meaning, id: rule.id, code: claim.code ?? rule.code }];
}
