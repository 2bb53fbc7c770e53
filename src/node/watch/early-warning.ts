/** What a watcher warns of before it hurts. */
export const WARNING_KINDS = ['memory-limit', 'swap-thrash', 'disk-full', 'no-consensus', 'head-stale', 'no-peers', 'clock-drift'] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

export interface EarlyWarning {
  readonly kind: WarningKind;
  /** One sentence. */
  readonly text: string;
  /** Until it happens at the present slope; null where that is not known, or it is so already. */
  readonly inMs: number | null;
}
