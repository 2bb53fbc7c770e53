import { judgeClientShutdown } from '../node/consensus/client-shutdown.ts';
import { judgeShutdown } from '../node/shutdown-verdict.ts';
import type { CaseEvidence } from './evidence.ts';
import { lastWords } from './log-cause.ts';
import { endOf } from './run-phase.ts';

/** What speaks for a close in good order; `sure` where the program's own last words do. */
export interface OrderlyClose {
  readonly sure: boolean;
  readonly evidence: string;
}

/** Whether a run closed its database before it ended; undefined where it did not, or nobody can tell. */
export function closedInOrder(evidence: CaseEvidence): OrderlyClose | undefined {
  const end = endOf(evidence);
  if (end === undefined || end.code === null) return undefined;
  const { container, lastLines, role, run } = evidence;
  if (role !== 'execution') {
    // The engine's flag may be of another program in the container: its code tells how this one ended.
    const { clean, evidence: why } = judgeClientShutdown(
      end.code,
      run.oomKilled === true && end.code === 137,
      container.stopTimeoutSeconds,
    );
    return clean ? { sure: true, evidence: why } : undefined;
  }
  if (end.code !== 0) return undefined;
  const judged = judgeShutdown(
    end.code,
    lastLines.map(({ text }) => text),
  );
  const sure = judged.clean || lastWords(evidence, ['clean-end']).length > 0;
  return { sure, evidence: sure ? 'exit code 0, and its last words tell of a whole close' : judged.evidence };
}
