import { NodectlError } from '../../errors.ts';
import { executionShare } from '../consensus/split-budget.ts';
import { formatSize, MIB } from '../size.ts';
import type { NodeSpec } from '../spec.ts';
import type { PruneTask } from './prune-task.ts';
import { bloomMib } from './prune-words.ts';

/** Closing and opening a database writes its logs and tables anew. */
const REOPENING = 512 * MIB;
/** geth compacts after pruning in 16 steps, each of which needs as much beside what it rewrites. */
const COMPACTION_STEPS = 16;

/** Free bytes that a task needs while it works on a chain of so many bytes (0 where that is not known). */
export function roomForTask(task: PruneTask, spec: NodeSpec, used: number): number {
  if (task === 'history') return REOPENING;
  const rewriting = REOPENING + Math.ceil(used / COMPACTION_STEPS);
  return task === 'database' ? rewriting : rewriting + bloomMib(executionShare(spec).memory) * MIB;
}

/** DISK_FULL, before anything is stopped, where the tasks cannot work in what is free; what cannot be seen is not judged. */
export function requireRoomToPrune(
  tasks: readonly PruneTask[],
  spec: NodeSpec,
  seen: { readonly free: number | undefined; readonly used: number | undefined },
): void {
  const need = Math.max(...tasks.map((task) => roomForTask(task, spec, seen.used ?? 0)));
  if (seen.free === undefined || seen.free >= need) return;
  throw new NodectlError(
    'DISK_FULL',
    `Pruning needs ${formatSize(need)} of free space to work in, and there is ${formatSize(seen.free)}.`,
    {
      hint: 'Free space on that disk, or give the chain more: `nodectl storage grow`, `nodectl storage migrate`.',
    },
  );
}
