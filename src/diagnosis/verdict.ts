import type { Remedy } from '../finding.ts';

/** How sure a verdict is: proved by evidence of its own, the best explanation of what was seen, or one among several. */
export const CONFIDENCES = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Exit codes of `diagnose`: its verdict's class. 0 = well, or ended as somebody asked; 3 = alive and well, but heading for trouble. */
export const VERDICT_CODES = [0, 3, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 39] as const;
export type VerdictCode = (typeof VERDICT_CODES)[number];

/** One thing that was read, and that speaks for or against a verdict. */
export interface EvidenceLine {
  /** Where it was read: `GET /containers/<name>/json State.ExitCode`, `/dev/kmsg`, `engine event`, `geth's log`, `evidence journal`. */
  readonly source: string;
  /** What stood there, as it stood there; printable characters only, 300 at most. */
  readonly value: string;
  /** When it was, an instant; null where it has no time of its own. */
  readonly at: number | null;
}

/** What a rule says where it finds what it looks for. */
export interface Claim {
  readonly confidence: Confidence;
  /** What happened, one sentence with this node's figures. */
  readonly meaning: string;
  readonly supports: readonly EvidenceLine[];
  /** What does not fit, or could not be read and would have told more. */
  readonly doubts: readonly EvidenceLine[];
  /** What helps this very node, first what helps most; empty where nothing has to be done. */
  readonly remedies: readonly Remedy[];
  /** Its class where it is not that of its rule. */
  readonly code?: VerdictCode;
}

/** A claim under its rule's name and class. */
export interface Verdict extends Claim {
  /** The rule's id, `oom.limit`. */
  readonly id: string;
  readonly code: VerdictCode;
}
