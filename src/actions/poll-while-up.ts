import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { containerDied } from './container-died.ts';

export interface Polled {
  readonly container: string;
  /** What is waited for, as errors name it. */
  readonly goal: string;
  readonly timeoutMs: number;
  /** How its log is seen: `nodectl logs`. */
  readonly logs: string;
  /** The pause between two polls is this part of the time waited so far, within bounds (ms). */
  readonly pause: { readonly part: number; readonly least: number; readonly most: number };
}

/** One poll: what was waited for, or what was seen instead. */
export type Poll<T> = { readonly met: T } | { readonly seen: string };

/**
 * Polls a running container until the goal is met; `poll` gets the instant by which the whole wait is over. TIMED_OUT with what
 * was seen last, CONTAINER_DIED with its last words as soon as it ends, INTERRUPTED. An error of `poll` ends it too.
 */
export async function pollWhileUp<T>(
  { container, goal, timeoutMs, logs, pause }: Polled,
  poll: (deadline: number) => Promise<Poll<T>>,
  engine: Engine,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly met: T; readonly afterMs: number }> {
  const started = clock.now();
  const deadline = started + timeoutMs;
  const watching = new AbortController();
  let exited: { readonly code: number | undefined } | undefined;
  const exit = engine.waitForExit(container, watching.signal).then(
    (facts) => {
      exited = { code: facts?.exitCode };
    },
    // Nobody watches any more; settling here would make every further sleep below end at once.
    () => new Promise<void>(() => {}),
  );
  let seen = 'no answer yet';
  try {
    while (clock.now() < deadline) {
      if (signal.aborted) throw new NodectlError('INTERRUPTED', `Interrupted while waiting for ${container}; it goes on running.`);
      if (exited !== undefined) throw await containerDied(container, exited.code, started, engine, logs);
      const outcome = await poll(deadline);
      const waited = clock.now() - started;
      if ('met' in outcome) return { met: outcome.met, afterMs: waited };
      ({ seen } = outcome);
      await Promise.race([clock.sleep(Math.min(pause.most, Math.max(pause.least, pause.part * waited)), signal), exit]);
    }
  } finally {
    watching.abort();
  }
  throw new NodectlError('TIMED_OUT', `${container} did not reach "${goal}" in ${timeoutMs / 1000} s: ${seen}.`, {
    hint: `Raise --timeout, or look with \`${logs}\`.`,
  });
}
