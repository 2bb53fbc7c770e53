import { NodectlError } from '../errors.ts';
import { judgeLight } from '../node/light/judge-light.ts';
import type { LightBackend } from '../node/light/light-backend.ts';
import type { Engine } from '../ports/engine.ts';
import type { Rpc } from '../ports/rpc.ts';
import type { Clock } from '../ports.ts';
import { lookAtLight } from './look-at-light.ts';
import { pollWhileUp } from './poll-while-up.ts';
import type { Ready, WaitGoal } from './wait-until-ready.ts';

export interface ProvingQuestion {
  readonly backend: LightBackend;
  readonly container: string;
  readonly url: string;
  readonly chainId: number;
  readonly goal: WaitGoal;
  readonly timeoutMs: number;
}

/** The exit of the container is watched beside, so that here it counts as running. */
const RUNNING = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;
const PAUSE = { part: 0.05, least: 50, most: 500 } as const;
/** A proof is fetched from elsewhere on the way. */
const ANSWER_MS = 5_000;

/**
 * Polls a light client until it proves an account to us, and for `synced` at a young head; it has no peers to wait for.
 * ENDPOINTS_REFUSED as soon as an answer does not bear its proof, TIMED_OUT, CONTAINER_DIED, PORT_TAKEN when another chain answers.
 */
export async function waitUntilProving(
  question: ProvingQuestion,
  engine: Engine,
  rpc: Rpc,
  clock: Clock,
  signal: AbortSignal,
): Promise<Ready> {
  const { backend, container, url, goal, timeoutMs, chainId } = question;
  const started = clock.now();
  const poll = async (deadline: number) => {
    const light = await lookAtLight(backend, url, Math.min(deadline, clock.now() + ANSWER_MS), rpc);
    if ('failure' in light) return { seen: light.message };
    const now = clock.now();
    const state = judgeLight({ container: RUNNING, uptimeMs: now - started, now, chainId, light });
    if (state.state === 'wrong-chain') {
      throw new NodectlError('PORT_TAKEN', `Another chain (${state.chainId}) answers at ${url}, not ${chainId}.`);
    }
    if (state.state === 'upstream-lies') throw lie(container, state.reason);
    const met = state.state === 'at-head' || (goal !== 'synced' && light.ready && light.proof === 'holds');
    if (met) return { met: light.head?.number ?? null };
    return { seen: light.ready ? (light.problem ?? state.state) : 'it has no verified header yet' };
  };
  const polled = { container, goal, timeoutMs, logs: 'nodectl logs', pause: PAUSE };
  const { met, afterMs } = await pollWhileUp(polled, poll, engine, clock, signal);
  return { afterMs, head: met };
}

function lie(container: string, reason: string): NodectlError {
  return new NodectlError(
    'ENDPOINTS_REFUSED',
    `An execution server gives ${container} answers that do not bear their proof; it refuses them.`,
    {
      hint: 'Name another server with `nodectl up --execution-rpc URL`; see `nodectl status`.',
      facts: { said: reason },
    },
  );
}
