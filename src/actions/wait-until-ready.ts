import { NodectlError } from '../errors.ts';
import type { Company } from '../node/company.ts';
import { POLL_CALLS, type RpcFacts, readRpcFacts } from '../node/rpc-facts.ts';
import { judgeSync } from '../node/sync-state.ts';
import type { Engine } from '../ports/engine.ts';
import type { Rpc, RpcAnswer } from '../ports/rpc.ts';
import type { Clock } from '../ports.ts';
import { pollWhileUp } from './poll-while-up.ts';

/** What `--wait` waits for. */
export const WAIT_GOALS = ['rpc', 'peers', 'synced'] as const;
export type WaitGoal = (typeof WAIT_GOALS)[number];

export interface ReadyQuestion {
  readonly container: string;
  readonly url: string;
  readonly chainId: number;
  readonly goal: WaitGoal;
  readonly company: Company;
  readonly timeoutMs: number;
  /** Milliseconds of a slot, by which a head is old; left out, as on the public networks. */
  readonly slotMs?: number | undefined;
}

export interface Ready {
  readonly afterMs: number;
  /** Null when the node tells no block. */
  readonly head: number | null;
}

/** The exit of the container is watched beside, so that here it counts as running. */
const RUNNING = { state: 'running', exitCode: 0, restartCount: 0 } as const;

/** A wait is prolonged by 1.5 % on average. */
const PAUSE = { part: 0.03, least: 10, most: 250 } as const;
const ANSWER_MS = 1_000;

/** Asked of a node that shall make blocks: geth opens its RPC before it unlocks the account, and ends when it cannot. */
const SEALING_CALL = { method: 'eth_mining', params: [] } as const;

/** Polls the node's RPC until the goal is met; a node that makes blocks meets none before it is at it. TIMED_OUT with what was seen last, CONTAINER_DIED with its last words, PORT_TAKEN when another chain answers there. */
export async function waitUntilReady(question: ReadyQuestion, engine: Engine, rpc: Rpc, clock: Clock, signal: AbortSignal): Promise<Ready> {
  const started = clock.now();
  const { container, goal, timeoutMs } = question;
  const calls = question.company === 'sealing' ? [...POLL_CALLS, SEALING_CALL] : POLL_CALLS;
  const poll = async (deadline: number) => {
    const outcome = await rpc.batch(question.url, calls, Math.min(deadline, clock.now() + ANSWER_MS));
    if (!('answers' in outcome)) return { seen: outcome.message };
    const idle = isIdle(outcome.answers[POLL_CALLS.length]);
    const state = judge(readRpcFacts(outcome.answers.slice(0, POLL_CALLS.length)), idle, question, clock.now(), started);
    return state.met ? { met: state.head } : { seen: state.seen };
  };
  const { met, afterMs } = await pollWhileUp(
    { container, goal, timeoutMs, logs: 'nodectl logs', pause: PAUSE },
    poll,
    engine,
    clock,
    signal,
  );
  return { afterMs, head: met };
}

interface Seen {
  readonly met: boolean;
  readonly head: number | null;
  readonly seen: string;
}

/** A node that fetches blocks makes none meanwhile, and is not waited for. */
function isIdle(mining: RpcAnswer | undefined): boolean {
  return mining !== undefined && 'result' in mining && mining.result === false;
}

function judge(facts: RpcFacts, idle: boolean, question: ReadyQuestion, now: number, started: number): Seen {
  const { chainId } = facts;
  const head = facts.head?.number ?? null;
  if (chainId === undefined) return { met: false, head, seen: 'it does not tell its chain yet' };
  if (chainId !== question.chainId) {
    throw new NodectlError('PORT_TAKEN', `Another chain (${chainId}) answers at ${question.url}, not ${question.chainId}.`);
  }
  // geth 1.13 says that it syncs also while it only indexes.
  const fetches = facts.syncing ? facts.syncing.current < facts.syncing.highest : false;
  if (idle && !fetches) return { met: false, head, seen: 'it does not make blocks yet' };
  const seen = `head ${head ?? 'unknown'}, ${facts.peers ?? 'unknown'} peers`;
  if (question.goal === 'rpc' || question.company === 'alone') return { met: true, head, seen };
  if (question.goal === 'peers') return { met: (facts.peers ?? 0) > 0, head, seen };
  const { company, slotMs } = question;
  const { state } = judgeSync({ container: RUNNING, uptimeMs: now - started, now, company, chainId, slotMs, rpc: facts });
  return { met: state === 'at-head', head, seen: `${state}, ${seen}` };
}
