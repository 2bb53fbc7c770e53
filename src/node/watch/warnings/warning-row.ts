import type { Company } from '../../company.ts';
import type { NodeStatus } from '../../node-status.ts';
import type { LoggedLine } from '../../sync/judge-lines.ts';
import type { SyncTrend } from '../../sync/trend.ts';
import type { EarlyWarning, WarningKind } from '../early-warning.ts';
import type { Pressure } from '../sample.ts';
import type { Windows } from '../windows.ts';

/** What the warnings are judged by. */
export interface WarningSight {
  readonly time: number;
  readonly status: NodeStatus;
  readonly company: Company;
  /** A chain of somebody's own, on which a node may be alone. */
  readonly privateChain: boolean;
  readonly trend: SyncTrend | null;
  /** Share of the memory limit that the working set takes, 0 to 1; null where there is no limit or it was not seen. */
  readonly memoryShare: number | null;
  readonly pressure: Pressure | null;
  readonly windows: Windows;
  /** geth's latest lines; none where nobody looked. */
  readonly lines: readonly LoggedLine[];
}

/** `between`: not good enough to clear a warning, not bad enough to raise one. `unknown`: nothing was seen, all stays as it is. */
export type Verdict = ({ readonly is: 'bad' | 'between' } & Pick<EarlyWarning, 'text' | 'inMs'>) | { readonly is: 'good' | 'unknown' };

/** One kind of warning. */
export interface WarningRow {
  readonly kind: WarningKind;
  /** How long it has to be bad without a break until it is raised, and good until it is cleared. */
  readonly raiseAfterMs: number;
  readonly clearAfterMs: number;
  judge(sight: WarningSight): Verdict;
}

export const GOOD: Verdict = { is: 'good' };
export const UNKNOWN: Verdict = { is: 'unknown' };
