/** What `--syncmode` takes; which of them a version and network can do is judged elsewhere. */
export const SYNC_MODES = ['snap', 'full', 'archive', 'fast', 'light'] as const;

export type SyncMode = (typeof SYNC_MODES)[number];
