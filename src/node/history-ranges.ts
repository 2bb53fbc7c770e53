/** What `--history` takes: from which point on the bodies and receipts of blocks are kept. Shortest last. */
export const HISTORY_RANGES = ['all', 'postmerge', 'postprague', 'postosaka'] as const;

export type HistoryRange = (typeof HISTORY_RANGES)[number];
