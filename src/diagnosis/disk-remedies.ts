import type { Remedy } from '../finding.ts';
import { GIB } from '../node/size.ts';
import { leastFreeDiskMib } from '../node/storage/min-free-disk.ts';
import { commandsFor } from './commands.ts';
import type { CaseEvidence } from './evidence.ts';
import { flagValue, gethMemoryWords } from './geth-memory-words.ts';
import { phaseOf } from './run-phase.ts';

/** What helps a node whose disk is full. */
export function diskRemedies(evidence: CaseEvidence): readonly Remedy[] {
  const { node, container, host } = evidence;
  const { cacheMib } = gethMemoryWords(container.args, container.env);
  const told = Number(flagValue(container.args, 'datadir.minfreedisk') ?? Number.NaN);
  const least = Number.isSafeInteger(told) && told >= 0 ? told : leastFreeDiskMib(cacheMib ?? 0, null);
  const small = host.diskTotal !== null && host.diskTotal < GIB;
  const free: Remedy = {
    text: 'See what takes the space, and free some: images and stopped containers that nobody uses are often gigabytes.',
    commands: ['docker system df', ...(node === null ? [] : [`nodectl status ${node}`])],
  };
  const larger: Remedy = { text: 'Or give the engine a larger disk; the chain only grows.', commands: [] };
  const start: Remedy = {
    text: `Then start it: it needs more than ${least} MiB free to stay up.`,
    commands: [commandsFor(evidence).start],
  };
  const then = phaseOf(evidence) === 'running' ? [] : [start];
  return small ? [larger, ...then] : [free, larger, ...then];
}
