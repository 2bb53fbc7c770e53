import type { CaseEvidence } from '../../../src/diagnosis/evidence.ts';
import type { Confidence, VerdictCode } from '../../../src/diagnosis/verdict.ts';

/** A true cause, the verdict that is right with its class and how sure it can be, and what the cause leaves behind. */
export type CauseRow = readonly [cause: string, id: string, code: VerdictCode, confidence: Confidence, evidence: CaseEvidence];
