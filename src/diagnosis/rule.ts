import type { CaseEvidence } from './evidence.ts';
import type { Claim, VerdictCode } from './verdict.ts';

/** One cause of death or illness: pure, one file each, listed in `rules/index.ts` with first causes before their effects. */
export interface Rule {
  /** `class.cause`: `oom.limit`, `kill.stop-timeout`, `disk.full`. */
  readonly id: string;
  readonly code: VerdictCode;
  /** What it finds, a clause for the reference: `the kernel killed it at its own memory limit`. */
  readonly finds: string;
  /** Undefined where the evidence shows nothing of it. */
  judge(evidence: CaseEvidence): Claim | undefined;
}
