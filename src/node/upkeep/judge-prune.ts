import { NodectlError } from '../../errors.ts';
import { ownsItsChain } from '../archive/archive-contents.ts';
import { databaseWords } from '../geth-rules/durability.ts';
import { judgeHistory } from '../geth-rules/judge-history.ts';
import { standardScheme } from '../geth-rules/state-scheme-rules.ts';
import { inRange } from '../geth-version.ts';
import { HISTORY_RANGES, type HistoryRange } from '../history-ranges.ts';
import type { NetworkProfile } from '../profile.ts';
import type { NodeSpec } from '../spec.ts';
import { leastHeadToPrune } from './prune-points.ts';
import type { PruneTask } from './prune-task.ts';

export interface PruneQuestion {
  readonly spec: NodeSpec;
  readonly network: NetworkProfile;
  /** The chain's head; undefined where nobody knows it, and geth itself has to judge. */
  readonly head: number | undefined;
}

/** First versions of geth's commands: `snapshot prune-state`, `db pebble-upgrade` (cmd/geth of each tag). */
const STATE_SINCE = '1.10.0';
const UPGRADE_SINCE = '1.17.5';

/**
 * Refuses, before anything is stopped, what this geth cannot do with this chain, with geth's own reason and the nearest that works.
 * UNSUPPORTED_OPTION, or GETH_REFUSED for a chain that is not far enough yet.
 */
export function judgePrune(task: PruneTask, range: HistoryRange | null, question: PruneQuestion): void {
  if (question.spec.light !== null || question.spec.mode === 'light') refuse('A light client keeps no chain: there is nothing to prune.');
  switch (task) {
    case 'history':
      judgeHistoryTask(range ?? 'all', question);
      break;
    case 'state':
      judgeStateTask(question);
      break;
    case 'database':
      judgeDatabaseTask(question);
  }
}

function judgeHistoryTask(range: HistoryRange, { spec, network, head }: PruneQuestion): void {
  if (ownsItsChain(spec)) {
    refuse(
      `${network.name} is a chain of your own, whose blocks nobody else keeps: "history pruning not available for network".`,
      'Its history stays. `nodectl resync` begins the chain anew.',
    );
  }
  judgeHistory(range, spec.geth, network, spec.mode);
  if (HISTORY_RANGES.indexOf(spec.history) > HISTORY_RANGES.indexOf(range)) {
    refuse(
      `The history of this node begins ${spec.history} already, which is later than ${range}: what is gone does not come back so.`,
      'To have more of it, begin another node with --history.',
    );
  }
  const least = leastHeadToPrune(network.chainId, range);
  if (least === undefined || head === undefined || head >= least) return;
  throw new NodectlError('GETH_REFUSED', `The chain is not far enough past the point: its head is block ${head}, ${least} is needed.`, {
    hint: `Wait for it (\`nodectl wait --for block=${least}\`), or begin a node that never fetches the older blocks: \`nodectl up --history ${range}\`.`,
  });
}

function judgeStateTask({ spec, network }: PruneQuestion): void {
  const scheme = spec.scheme ?? standardScheme(spec.geth, spec.mode);
  if (scheme === 'path')
    refuse('This chain keeps its states by path, which leaves none behind: "Offline pruning is not required for path scheme".');
  if (spec.mode === 'archive')
    refuse('An archive keeps every state; pruning would make it a full node.', 'Begin a node with --syncmode snap.');
  if (ownsItsChain(spec)) {
    refuse(
      `\`geth snapshot prune-state\` goes back 127 blocks, which others bring back on a public network; nobody else has those of ${network.name}.`,
      'Its states stay: give the volume more room (`nodectl storage grow`, `nodectl storage migrate`).',
    );
  }
  if (!inRange(spec.geth, { since: STATE_SINCE }))
    refuse(`geth ${spec.geth} cannot prune states: ${STATE_SINCE} is the first that can.`, `Use --geth-version ${STATE_SINCE} or later.`);
}

function judgeDatabaseTask({ spec, network }: PruneQuestion): void {
  if (databaseWords(spec.geth, network, spec.scheme).includes('leveldb'))
    refuse(
      'The database of this chain is leveldb, which loses nothing when geth is killed; only pebble has a newer format ("is leveldb, not pebble").',
    );
  if (!inRange(spec.geth, { since: UPGRADE_SINCE })) {
    refuse(
      `geth ${spec.geth} has no \`geth db pebble-upgrade\`: ${UPGRADE_SINCE} is the first that has.`,
      `Use --geth-version ${UPGRADE_SINCE} or later with \`nodectl up\` first.`,
    );
  }
}

function refuse(reason: string, hint = 'Leave it as it is.'): never {
  throw new NodectlError('UNSUPPORTED_OPTION', reason, { hint });
}
