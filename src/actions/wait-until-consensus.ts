import { type BeaconFacts, slotsBehind } from '../node/consensus/beacon-facts.ts';
import { judgeConsensus } from '../node/consensus/judge-consensus.ts';
import type { RpcFacts } from '../node/rpc-facts.ts';
import type { Engine } from '../ports/engine.ts';
import type { Web } from '../ports/web.ts';
import type { Clock } from '../ports.ts';
import { askBeacon } from './ask-beacon.ts';
import { pollWhileUp } from './poll-while-up.ts';
import type { WaitGoal } from './wait-until-ready.ts';

export interface ConsensusQuestion {
  readonly container: string;
  /** Of its REST API. */
  readonly url: string;
  readonly goal: WaitGoal;
  readonly timeoutMs: number;
  /** Asks geth, until the deadline; undefined when it does not answer. */
  readonly askGeth: (deadline: number) => Promise<RpcFacts | undefined>;
}

/** The exit of the container is watched beside, so that here it counts as running. */
const RUNNING = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;

/** It has a slot's time to change and a fraction of a CPU: no haste. */
const PAUSE = { part: 0.1, least: 50, most: 1_000 } as const;
const ANSWER_MS = 2_000;

/**
 * Waits until a consensus client tells where it stands (`rpc`), has a peer (`peers`), or follows its chain with a head that geth
 * has verified (`synced`). TIMED_OUT with what was seen last, CONTAINER_DIED with its last words.
 */
export async function waitUntilConsensus(
  { container, url, goal, timeoutMs, askGeth }: ConsensusQuestion,
  engine: Engine,
  web: Web,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly facts: BeaconFacts; readonly afterMs: number }> {
  const started = clock.now();
  const polled = { container, goal, timeoutMs, logs: 'nodectl logs --consensus', pause: PAUSE };
  const poll = async (deadline: number) => {
    const facts = await askBeacon(url, Math.min(deadline, clock.now() + ANSWER_MS), web);
    if ('failure' in facts) return { seen: facts.message };
    const now = clock.now();
    // Only a client with blocks that geth does not verify makes geth's own answer matter.
    const geth = facts.syncing?.isOptimistic === true ? await askGeth(Math.min(deadline, now + ANSWER_MS)) : undefined;
    const uptimeMs = now - started;
    const execution = { runs: true, uptimeMs, head: geth?.head, peers: geth?.peers };
    const { state } = judgeConsensus({ container: RUNNING, uptimeMs, now, execution, beacon: facts, lines: [] });
    const met = goal === 'rpc' || (goal === 'peers' ? (facts.peers ?? 0) > 0 : state === 'following');
    return met ? { met: facts } : { seen: `${state}, ${slotsBehind(facts, now)} slots behind, ${facts.peers ?? 'unknown'} peers` };
  };
  const { met, afterMs } = await pollWhileUp(polled, poll, engine, clock, signal);
  return { facts: met, afterMs };
}
