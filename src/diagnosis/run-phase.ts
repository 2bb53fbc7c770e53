import type { CaseEvidence } from './evidence.ts';

/** Where a run stands: `start-failed` means that the engine could not start it (any more). */
export type RunPhase = 'never-started' | 'start-failed' | 'running' | 'ended';

/** Which of them it is, by the engine's state and the run's own times. */
export function phaseOf({ container, present, run }: CaseEvidence): RunPhase {
  // A start that succeeds clears the engine's words on one that failed; of a container that it cannot remove they mean something else.
  const unstarted = container.state === 'created' || container.state === 'exited';
  if (present && unstarted && container.error !== '') return 'start-failed';
  if (run.startedAt === 0) return 'never-started';
  return run.endedAt === null ? 'running' : 'ended';
}

/** The end of a run that ended: when, and with which code where somebody remembers it. Undefined for all others. */
export function endOf(evidence: CaseEvidence): { readonly at: number; readonly code: number | null } | undefined {
  const { endedAt, exitCode } = evidence.run;
  return phaseOf(evidence) === 'ended' && endedAt !== null ? { at: endedAt, code: exitCode } : undefined;
}

/** The engine's word for what failed when it started the container; undefined where its last start did not fail. */
export function startFailure(evidence: CaseEvidence): string | undefined {
  return phaseOf(evidence) === 'start-failed' ? evidence.container.error : undefined;
}
