import type { Clock } from '../ports.ts';

/** The outcome of work that may be too slow to wait for: its value, or 'late' at the deadline (an instant), and as soon as `signal` says that nobody waits any more. */
export async function withinDeadline<T>(
  work: Promise<T>,
  deadline: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<{ readonly value: T } | 'late'> {
  const waiting = new AbortController();
  const giveUp = () => waiting.abort('nobody waits');
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
  // Work that fails after it was given up must not end the process.
  work.catch(() => {});
  const late = clock.sleep(Math.max(0, deadline - clock.now()), waiting.signal).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    signal?.removeEventListener('abort', giveUp);
    // A reason of our own: the default one is an error with a stack, which costs more than most of the work waited for.
    waiting.abort('in time');
  }
}
