import { executionShare } from '../consensus/split-budget.ts';
import { DATA_DIRECTORY } from '../container-paths.ts';
import type { GethCommand } from '../geth-arguments.ts';
import { memorySettings } from '../geth-rules/memory-rules.ts';
import { inRange } from '../geth-version.ts';
import type { HistoryRange } from '../history-ranges.ts';
import { MIB } from '../size.ts';
import type { NodeSpec } from '../spec.ts';
import { GETH_COMMANDS, type PruneTask } from './prune-task.ts';

/** The first version whose `prune-history` takes, and wants, a point; before it knows the merge alone. */
const POINT_SINCE = '1.17.2';

/** geth makes no smaller filter, and its own default is the largest here. */
const [LEAST_BLOOM_MIB, LARGEST_BLOOM_MIB] = [256, 2048];

/** The filter of the states that stay, MiB: in memory beside the caches, and on disk until the end. */
export function bloomMib(memory: number): number {
  return Math.max(LEAST_BLOOM_MIB, Math.min(LARGEST_BLOOM_MIB, Math.floor(memory / MIB / 4)));
}

/** geth's own command for a task with its options, without what every command of a node's geth is told. */
export function taskWords(task: PruneTask, range: HistoryRange | null, spec: NodeSpec): readonly string[] {
  return [
    ...GETH_COMMANDS[task],
    ...(task === 'history' && range !== null && inRange(spec.geth, { since: POINT_SINCE }) ? ['--history.chain', range] : []),
    ...(task === 'state' ? ['--bloomfilter.size', String(bloomMib(executionShare(spec).memory))] : []),
  ];
}

/**
 * The words of geth for a task, offline on a node's volume. Left to itself geth would take 2 GiB for the database's cache alone, whatever
 * the container has, so that it is told what the node is told.
 */
export function pruneCommand(task: PruneTask, range: HistoryRange | null, spec: NodeSpec): GethCommand {
  const { memory } = executionShare(spec);
  const { cacheMib, heapMib, heapBy } = memorySettings(spec.geth, memory);
  const args = [
    ...['--datadir', DATA_DIRECTORY, '--cache', String(cacheMib)],
    ...(heapBy === '--memorylimit' ? ['--memorylimit', String(heapMib)] : []),
    ...taskWords(task, range, spec),
  ];
  return { args, env: heapBy === 'GOMEMLIMIT' ? { GOMEMLIMIT: `${heapMib}MiB` } : {} };
}
