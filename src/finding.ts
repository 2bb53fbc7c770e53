/** From harmless to harmful; `unknown` is a check that could not see, crashed or did not end in time. */
export const SEVERITIES = ['ok', 'info', 'unknown', 'warn', 'fail'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where something was read, and what stood there. */
export interface Observed {
  /** A file's path, or the API's field: `/proc/sys/vm/swappiness`, `GET /info SwapLimit`. */
  readonly source: string;
  readonly value: string;
}

/** What to do about a finding: a sentence, and the exact commands, each as it is typed. */
export interface Remedy {
  readonly text: string;
  readonly commands: readonly string[];
}

/** One thing that was looked at, as a value: what was read, what it means for this node, and what helps. */
export interface Finding {
  /** `group.thing`, the name of its check. */
  readonly id: string;
  readonly severity: Severity;
  readonly read: readonly Observed[];
  /** What it means for this node or host, a sentence. */
  readonly meaning: string;
  /** Null where nothing has to be done. */
  readonly remedy: Remedy | null;
  /** Whether `doctor --fix` can do it. */
  readonly fixable: boolean;
}
