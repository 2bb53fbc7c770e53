import type { CaseEvidence } from './evidence.ts';
import { exitLine, logLine } from './evidence-lines.ts';
import { endOf } from './run-phase.ts';
import type { SignatureKind, SignedLine } from './signatures/signature.ts';
import type { Confidence, EvidenceLine } from './verdict.ts';

/** What a run's last lines say of its end. */
export interface LogCause {
  readonly confidence: Confidence;
  readonly first: SignedLine;
  readonly supports: readonly EvidenceLine[];
}

/** A program that says why it ends does so at once; a panic may take some seconds to write, and a database to close. */
const LAST_WORDS_MS = 2 * 60_000;
const MOST_LINES = 3;

/** The lines of these kinds among the last words of a run that ended, oldest first. */
export function lastWords(evidence: CaseEvidence, kinds: readonly SignatureKind[]): readonly SignedLine[] {
  const end = endOf(evidence);
  if (end === undefined) return [];
  // A line whose time is not known is of this run all the same.
  return evidence.signed.filter(({ kind, at }) => kinds.includes(kind) && !(at < end.at - LAST_WORDS_MS));
}

/** How a program ends that was stopped or killed. Other clients than geth have codes of their own for their errors. */
const BY_SIGNAL: readonly number[] = [0, 130, 137, 143];

/**
 * The cause that the last words name: certain with one of the exit codes that belong to it, likely where nobody remembers the code, and
 * possible with any other. Undefined where they name none of these kinds.
 */
export function logCause(evidence: CaseEvidence, kinds: readonly SignatureKind[], codes: readonly number[]): LogCause | undefined {
  const lines = lastWords(evidence, kinds);
  const [first] = lines;
  const code = endOf(evidence)?.code ?? null;
  if (first === undefined) return undefined;
  const fits = code !== null && (codes.includes(code) || (evidence.role !== 'execution' && !BY_SIGNAL.includes(code)));
  const confidence = code === null ? 'likely' : fits ? 'certain' : 'possible';
  return { confidence, first, supports: [...lines.slice(0, MOST_LINES).map((said) => logLine(said, evidence.role)), exitLine(evidence)] };
}
