import { companyOf } from '../node/company.ts';
import { restUrl } from '../node/consensus/consensus-status.ts';
import { consensusNames } from '../node/names.ts';
import { POLL_CALLS, readRpcFacts } from '../node/rpc-facts.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { World } from '../ports.ts';
import { waitUntilConsensus } from './wait-until-consensus.ts';
import { type Ready, type WaitGoal, waitUntilReady } from './wait-until-ready.ts';

/** When a consensus client met the goal. */
export interface ConsensusReady {
  readonly afterMs: number;
  readonly headSlot: number | null;
}

export interface PartsReady {
  readonly ready: Ready;
  /** Null where the node has no consensus client of its own. */
  readonly consensus: ConsensusReady | null;
  /** Milliseconds of a slot, where the client told it. */
  readonly slotMs: number | undefined;
}

/** Waits for geth and the consensus client beside it at the same time, until both meet the goal. As soon as one fails, the other is no longer waited for. */
export async function waitForParts(
  node: { readonly name: string; readonly container: string; readonly spec: NodeSpec },
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number; readonly slotMs?: number | undefined },
  world: World,
): Promise<PartsReady> {
  const { spec } = node;
  const { clock } = world;
  const [engine, rpc] = await Promise.all([world.engine(), world.rpc()]);
  const over = new AbortController();
  const signal = AbortSignal.any([world.signal, over.signal]);
  const url = `http://127.0.0.1:${spec.ports.http}`;
  const question = { container: node.container, url, chainId: spec.chainId, company: companyOf(spec, undefined), ...wait };
  const client = async () => {
    if (spec.consensus?.kind !== 'client') return undefined;
    const askGeth = async (deadline: number) => {
      const outcome = await rpc.batch(url, POLL_CALLS, deadline);
      return 'answers' in outcome ? readRpcFacts(outcome.answers) : undefined;
    };
    const asked = { container: consensusNames(node.name).container, url: restUrl(spec.consensus), askGeth, ...wait };
    return waitUntilConsensus(asked, engine, await world.web(), clock, signal);
  };
  try {
    const [ready, beside] = await Promise.all([waitUntilReady(question, engine, rpc, clock, signal), client()]);
    const consensus = beside && { afterMs: beside.afterMs, headSlot: beside.facts.syncing?.headSlot ?? null };
    return { ready, consensus: consensus ?? null, slotMs: beside?.facts.clock?.slotMs };
  } finally {
    over.abort('over');
  }
}
