import type { ContainerState } from '../ports/containers.ts';
import type { DeathCost } from './cost.ts';
import type { CaseEvidence } from './evidence.ts';
import type { JudgedEnd } from './history.ts';
import type { JudgedRun } from './judge-case.ts';
import type { EvidenceLine, Verdict, VerdictCode } from './verdict.ts';

/** An instant as ISO 8601; null where there is none. */
type When = string | null;

type ToldLine = Omit<EvidenceLine, 'at'> & { readonly at: When };

/** A verdict as it is printed. */
export interface ToldVerdict extends Omit<Verdict, 'supports' | 'doubts'> {
  readonly supports: readonly ToldLine[];
  readonly doubts: readonly ToldLine[];
}

/** One run of one container, judged. */
export interface CaseReport {
  readonly container: string;
  readonly containerId: string;
  readonly role: CaseEvidence['role'];
  /** Of the container now, also where the case is an earlier run. */
  readonly state: ContainerState;
  readonly geth: string | null;
  readonly image: string;
  readonly run: {
    readonly startedAt: When;
    /** Null while it runs. */
    readonly endedAt: When;
    readonly exitCode: number | null;
    readonly oomKilled: boolean | null;
    /** False for an earlier run than the container's present one. */
    readonly present: boolean;
  };
  readonly verdict: ToldVerdict;
  /** What else was seen, most certain first. */
  readonly also: readonly ToldVerdict[];
  /** What the end cost; null for a run that goes on, never began, or has nothing that an end could harm. */
  readonly cost: DeathCost | null;
  /** How much could be read: of what is null, nothing. */
  readonly read: {
    readonly eventsSince: When;
    readonly kernel: { readonly source: string; readonly since: string } | { readonly blind: string };
    readonly logLines: number;
    readonly journalRecords: number;
  };
  readonly lastLines: readonly { readonly at: When; readonly text: string }[];
}

export interface ToldEnd extends Omit<JudgedEnd, 'run'> {
  readonly startedAt: When;
  readonly endedAt: When;
  readonly exitCode: number | null;
}

/** What `diagnose` tells. */
export interface Diagnosis {
  /** When it was judged. */
  readonly at: string;
  /** Null for a container that nodectl did not make. */
  readonly node: string | null;
  /** The class of the first case's verdict, which is the exit code. */
  readonly code: VerdictCode;
  /** First causes before their effects; one at least. */
  readonly cases: readonly CaseReport[];
  readonly history: {
    readonly since: When;
    readonly deaths: readonly ToldEnd[];
    readonly counts: Readonly<Record<string, number>>;
    readonly medianUptimeMs: number | null;
    readonly summary: string;
  };
  readonly tookMs: number;
}

/** Nothing in an engine's or kernel's answer is trusted to be an instant. */
export function told(at: number | null): When {
  return at === null || at <= 0 || !Number.isFinite(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}

export function toldVerdict({ supports, doubts, ...verdict }: Verdict): ToldVerdict {
  const line = ({ at, ...rest }: EvidenceLine) => ({ ...rest, at: told(at) });
  return { ...verdict, supports: supports.map(line), doubts: doubts.map(line) };
}

/** A case and the verdicts on it, as they are printed. */
export function caseReport({ evidence, verdict, also, cost }: JudgedRun & { readonly evidence: CaseEvidence }): CaseReport {
  const { container, run, kernel, lastLines } = evidence;
  const { startedAt, endedAt, exitCode, oomKilled } = run;
  return {
    container: container.name,
    containerId: container.id,
    role: evidence.role,
    state: container.state,
    geth: evidence.gethVersion,
    image: evidence.spec !== null && evidence.role !== 'consensus' ? evidence.spec.image.ref : container.imageRef,
    run: { startedAt: told(startedAt), endedAt: told(endedAt), exitCode, oomKilled, present: evidence.present },
    verdict: toldVerdict(verdict),
    also: also.map(toldVerdict),
    cost,
    read: {
      eventsSince: told(evidence.eventsSince),
      kernel:
        'blind' in kernel ? { blind: kernel.blind } : { source: kernel.seen.source, since: new Date(kernel.seen.since).toISOString() },
      logLines: lastLines.length,
      journalRecords: evidence.journal.length,
    },
    lastLines: lastLines.map(({ at, text }) => ({ at: told(at), text })),
  };
}

export function toldEnd({ run, ...end }: JudgedEnd): ToldEnd {
  return { ...end, startedAt: told(run.startedAt), endedAt: told(run.endedAt), exitCode: run.exitCode };
}
