import type { HistoryRange } from '../history-ranges.ts';

/** What `prune` can make smaller or newer, in the order in which it is done. */
export const PRUNE_TASKS = ['history', 'state', 'database'] as const;
export type PruneTask = (typeof PRUNE_TASKS)[number];

/** What was asked: at least one task, and from which point on the history stays where it is pruned. */
export interface PruneWish {
  readonly tasks: readonly PruneTask[];
  readonly history: Exclude<HistoryRange, 'all'> | null;
}

/** geth's own command for a task, without its options. */
export const GETH_COMMANDS: Readonly<Record<PruneTask, readonly string[]>> = {
  history: ['prune-history'],
  state: ['snapshot', 'prune-state'],
  database: ['db', 'pebble-upgrade'],
};
