import * as z from 'zod/mini';
import { HISTORY_RANGES } from '../history-ranges.ts';
import { PRUNE_TASKS, type PruneTask, type PruneWish } from './prune-task.ts';

/** On the marker of a prune: everything that the rest of it needs. */
const LABEL_PRUNE = 'nodectl.prune';
/** On the container in which geth prunes: which task that is, and what the chain took before (see ChainSize). */
const LABEL_TASK = 'nodectl.task';
const LABEL_BEFORE = 'nodectl.before';

const PruneRecordSchema = z.strictObject({
  v: z.literal(1),
  tasks: z.array(z.enum(PRUNE_TASKS)),
  history: z.nullable(z.enum(HISTORY_RANGES)),
  /** The node is started at the end. */
  starts: z.boolean(),
});

export type PruneRecord = PruneWish & { readonly v: 1; readonly starts: boolean };

export function pruneLabel(record: PruneRecord): Readonly<Record<string, string>> {
  return { [LABEL_PRUNE]: JSON.stringify(record) };
}

/** Undefined for a label that is missing, or of another nodectl. */
export function readPrune(labels: Readonly<Record<string, string>>): PruneRecord | undefined {
  try {
    const { history, ...record } = PruneRecordSchema.parse(JSON.parse(labels[LABEL_PRUNE] ?? ''));
    return { ...record, history: history === 'all' ? null : history };
  } catch {
    return undefined;
  }
}

/** The container in which geth works on a node's volume. */
export function prunerName(node: string): string {
  return `nodectl-${node}.prune`;
}

/** What a chain takes, or what is free for it where only that can be seen: bytes. The two are never compared. */
export type ChainSize = { readonly of: 'used' | 'free'; readonly bytes: number } | undefined;

export function prunerLabels(task: PruneTask, before: ChainSize): Readonly<Record<string, string>> {
  return { [LABEL_TASK]: task, ...(before === undefined ? {} : { [LABEL_BEFORE]: `${before.of} ${before.bytes}` }) };
}

/** Which task a pruner is at, and what the chain took before it; undefined for what is no pruner of this nodectl. */
export function readPruner(labels: Readonly<Record<string, string>>): { readonly task: PruneTask; readonly before: ChainSize } | undefined {
  const task = PRUNE_TASKS.find((known) => known === labels[LABEL_TASK]);
  if (task === undefined) return undefined;
  const [of, bytes] = (labels[LABEL_BEFORE] ?? '').split(' ');
  return { task, before: of === 'used' || of === 'free' ? { of, bytes: Number(bytes) } : undefined };
}

/** Bytes that became free; null where nobody could measure. What grew is told as less than nothing. */
export function freedBytes(before: ChainSize, after: ChainSize): number | null {
  if (before === undefined || after === undefined || before.of !== after.of) return null;
  return before.of === 'used' ? before.bytes - after.bytes : after.bytes - before.bytes;
}
