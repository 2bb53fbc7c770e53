import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { containerDied } from './container-died.ts';

/** geth's words when its RPC listens; every version from 1.8 on, the formats differ only around them. */
const LISTENING = /HTTP (?:server|endpoint) (?:started|opened)/;

export interface LogReady {
  readonly afterMs: number;
}

/**
 * Waits until geth's log says that its RPC listens: for an engine on another host, whose published ports are on that
 * host's loopback. TIMED_OUT, or CONTAINER_DIED when the log ends first.
 */
export async function waitForLog(
  container: string,
  since: number,
  timeoutMs: number,
  engine: Engine,
  clock: Clock,
  signal: AbortSignal,
): Promise<LogReady> {
  const started = clock.now();
  const deadline = AbortSignal.timeout(timeoutMs);
  const lines = engine.logs(container, { since, follow: true, signal: AbortSignal.any([deadline, signal]) });
  try {
    for await (const line of lines) {
      if (LISTENING.test(line.text)) return { afterMs: clock.now() - started };
    }
  } catch (thrown) {
    if (!deadline.aborted && !signal.aborted) throw thrown;
  }
  if (signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while waiting for ${container}; it goes on running.`);
  if (deadline.aborted) throw new NodectlError('TIMED_OUT', `${container} did not say that its RPC listens in ${timeoutMs / 1000} s.`);
  const exit = await engine.waitForExit(container, AbortSignal.timeout(1_000)).catch(() => undefined);
  throw await containerDied(container, exit?.exitCode, started, engine);
}
