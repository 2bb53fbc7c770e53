import { NodectlError } from '../errors.ts';
import type { Clock, Engine, Rpc, RpcAnswer } from '../ports.ts';
import { lastLines } from './recall-head.ts';

/** What `--wait` waits for. */
export const WAIT_GOALS = ['rpc', 'peers', 'synced'] as const;
export type WaitGoal = (typeof WAIT_GOALS)[number];

export interface ReadyQuestion {
  readonly container: string;
  readonly url: string;
  readonly chainId: number;
  readonly goal: WaitGoal;
  /** Where nobody else makes blocks, an old head is no sign of falling behind. */
  readonly hasPeers: boolean;
  readonly timeoutMs: number;
}

export interface Ready {
  readonly afterMs: number;
  /** Null when the node tells no block. */
  readonly head: number | null;
}

const POLL_MS = 40;
const ANSWER_MS = 1_000;
/** Five slots of twelve seconds. */
const FRESH_HEAD_S = 60;

const CALLS = [
  { method: 'eth_chainId', params: [] },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
  { method: 'net_peerCount', params: [] },
  { method: 'eth_syncing', params: [] },
] as const;

/** Polls the node's RPC until the goal is met. TIMED_OUT with what was seen last, CONTAINER_DIED with its last words, PORT_TAKEN when another chain answers there. */
export async function waitUntilReady(question: ReadyQuestion, engine: Engine, rpc: Rpc, clock: Clock, signal: AbortSignal): Promise<Ready> {
  const started = clock.now();
  const deadline = started + question.timeoutMs;
  const watching = new AbortController();
  let exited = false;
  const exit = engine.waitForExit(question.container, watching.signal).then(
    () => {
      exited = true;
    },
    () => {},
  );
  let seen = 'no answer yet';
  try {
    while (clock.now() < deadline) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while waiting for ${question.container}; it goes on running.`);
      if (exited) throw await died(question.container, engine);
      const outcome = await rpc.batch(question.url, CALLS, Math.min(deadline, clock.now() + ANSWER_MS));
      if ('answers' in outcome) {
        const state = judge(outcome.answers, question, clock.now());
        if (state.met) return { afterMs: clock.now() - started, head: state.head };
        seen = state.seen;
      } else seen = outcome.message;
      await Promise.race([clock.sleep(POLL_MS, signal), exit]);
    }
  } finally {
    watching.abort();
  }
  throw new NodectlError('TIMED_OUT', `${question.container} did not reach "${question.goal}" in ${question.timeoutMs / 1000} s: ${seen}.`);
}

interface Seen {
  readonly met: boolean;
  readonly head: number | null;
  readonly seen: string;
}

function judge(answers: readonly RpcAnswer[], question: ReadyQuestion, now: number): Seen {
  const [chain, block, peers, syncing] = answers.map((answer) => ('result' in answer ? answer.result : undefined));
  const chainId = Number(chain);
  if (!Number.isSafeInteger(chainId)) return { met: false, head: null, seen: 'it does not tell its chain yet' };
  if (chainId !== question.chainId) {
    throw new NodectlError('PORT_TAKEN', `Another chain (${chainId}) answers at ${question.url}, not ${question.chainId}.`);
  }
  const { number, timestamp } = (block ?? {}) as { number?: string; timestamp?: string };
  const head = number === undefined ? null : Number(number);
  if (question.goal === 'rpc') return { met: true, head, seen: '' };
  if (!question.hasPeers) return { met: true, head, seen: '' };
  const peerCount = Number(peers ?? 0);
  if (question.goal === 'peers') return { met: peerCount > 0, head, seen: `${peerCount} peers` };
  const age = timestamp === undefined ? Number.POSITIVE_INFINITY : now / 1000 - Number(timestamp);
  const met = syncing === false && age < FRESH_HEAD_S && (head ?? 0) > 0;
  return { met, head, seen: `head ${head ?? 'unknown'}, ${peerCount} peers` };
}

async function died(name: string, engine: Engine): Promise<NodectlError> {
  const container = await engine.inspect(name);
  if (container === undefined) return new NodectlError('CONTAINER_DIED', `${name} was removed while it was waited for.`);
  const lines = (await lastLines(container, engine)).filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /^(Fatal|ERROR|CRIT|panic|fatal error|flag provided)/.test(line)).at(-1) ?? lines.at(-1) ?? '';
  return new NodectlError('CONTAINER_DIED', `${name} ended while it was waited for.`, {
    facts: {
      'exit code': String(container.exitCode),
      'OOM-killed': container.oomKilled ? 'yes, by the engine’s word' : 'no, by the engine’s word',
      'last words': telling.slice(0, 300),
    },
  });
}
