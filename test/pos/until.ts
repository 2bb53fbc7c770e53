const BETWEEN = 250;

/**
 * Asks again and again until there is an answer; an attempt that throws is none. An Error that names what was waited for after
 * `seconds`, or at once the reason of `signal`.
 */
export async function until<T>(what: string, seconds: number, signal: AbortSignal, attempt: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const answer = await attempt();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await pause(BETWEEN, signal);
  }
  signal.throwIfAborted();
  throw new Error(`${what}: not within ${seconds} s${last instanceof Error ? ` (${last.message})` : ''}`, { cause: last });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
