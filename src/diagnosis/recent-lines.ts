import { LINES_FRESH } from '../node/sync/judge-lines.ts';
import type { CaseEvidence } from './evidence.ts';
import { logLine } from './evidence-lines.ts';
import type { SignatureKind, SignedLine } from './signatures/signature.ts';
import type { EvidenceLine } from './verdict.ts';

/** What a running program has said of these kinds lately, oldest first: it says what goes on every five minutes at least. */
export function recentLines({ signed, now }: CaseEvidence, kinds: readonly SignatureKind[]): readonly SignedLine[] {
  return signed.filter(({ kind, at }) => kinds.includes(kind) && now - at <= LINES_FRESH);
}

/** The last of them, as evidence. */
export function recentEvidence(evidence: CaseEvidence, kinds: readonly SignatureKind[]): readonly EvidenceLine[] {
  return recentLines(evidence, kinds)
    .slice(-2)
    .map((said) => logLine(said, evidence.role));
}
