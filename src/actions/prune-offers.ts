import { NodectlError } from '../errors.ts';
import { historyRanges } from '../node/geth-rules/history-rules.ts';
import { keptSpec } from '../node/kept-spec.ts';
import { POLL_CALLS } from '../node/rpc-facts.ts';
import type { NodeSpec } from '../node/spec.ts';
import { judgePrune, type PruneQuestion } from '../node/upkeep/judge-prune.ts';
import { PRUNE_TASKS, type PruneTask } from '../node/upkeep/prune-task.ts';
import { taskWords } from '../node/upkeep/prune-words.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askExecution } from './ask-execution.ts';
import { knownNetwork } from './begun-chain.ts';
import { recallLastRun } from './recall-head.ts';

/** How long geth may take to answer for its head. */
const HEAD_MS = 5_000;

/** What one task could do for a node. */
export interface PruneOffer {
  readonly task: PruneTask;
  /** geth's command for it. */
  readonly command: string;
  readonly possible: boolean;
  /** Why not, and what works instead; null where it is possible. */
  readonly reason: string | null;
}

/** Everything that is to be known of a node to judge what it can be pruned by. NO_SUCH_NODE where too little is left of it. */
export async function pruneQuestion(node: string, observed: ObservedNode, engine: Engine, world: World): Promise<PruneQuestion> {
  const spec = mustSpec(node, observed);
  const network = knownNetwork(spec, undefined, observed.volume, await world.profiles());
  return { spec, network, head: await headOf(node, observed, engine, world) };
}

/** What a node is; NO_SUCH_NODE where nobody can tell, or it has no chain. */
export function mustSpec(node: string, observed: ObservedNode): NodeSpec {
  const spec = keptSpec(node, observed);
  if (spec !== undefined && observed.volume !== undefined) return spec;
  throw new NodectlError(
    'NO_SUCH_NODE',
    `${node} has no ${spec === undefined ? 'container' : 'chain volume'}: nobody can tell what it is.`,
    {
      hint: `Make it again with \`nodectl up --name ${node}\`; the chain is kept.`,
    },
  );
}

/** By geth itself while it runs, else the last that it is known to have had; undefined where nothing is known. */
async function headOf(node: string, { container, volume }: ObservedNode, engine: Engine, world: World): Promise<number | undefined> {
  if (container === undefined) return undefined;
  const { local } = await engine.info();
  const said = await askExecution(container, POLL_CALLS, local, world.clock.now() + HEAD_MS, await world.rpc());
  if (!('failure' in said) && said.head !== undefined) return said.head.number;
  return (await recallLastRun(node, container, volume?.createdAt ?? 0, engine, await world.journal())).head;
}

/** What each task could do for a node, with geth's own reason where it could not. */
export async function pruneOffers(node: string, observed: ObservedNode, engine: Engine, world: World): Promise<readonly PruneOffer[]> {
  const question = await pruneQuestion(node, observed, engine, world);
  const [range = 'postmerge'] = historyRanges(question.spec.geth, question.network).filter((known) => known !== 'all');
  return PRUNE_TASKS.map((task): PruneOffer => {
    const command = ['geth', ...taskWords(task, range, question.spec)].join(' ');
    try {
      judgePrune(task, range, question);
      return { task, command, possible: true, reason: null };
    } catch (thrown) {
      if (!(thrown instanceof NodectlError)) throw thrown;
      return { task, command, possible: false, reason: `${thrown.message} ${thrown.hint}` };
    }
  });
}
