import type { Engine } from '../ports/engine.ts';
import type { EngineEvent } from '../ports/engine-events.ts';
import type { Clock } from '../ports.ts';

/** After the engine went away; it is asked again at this pace. */
const RETRY_MS = 1_000;

/** Somebody who waits, and is woken by what happens to a node's containers. */
export interface PartsWatch {
  /** The first end of one of them, from the moment of watching on. */
  death(): EngineEvent | undefined;
  /** Ends early when something happens to them, or the person interrupts. */
  nap(ms: number): Promise<void>;
  /** The outcome of work: 'late' after `ms`, 'woken' as soon as one of them ends or the person interrupts. */
  within<T>(work: Promise<T>, ms: number): Promise<{ readonly value: T } | 'late' | 'woken'>;
  close(): void;
}

/** Follows the engine's events of the containers of these names; while the engine is away nothing is told, and who waits has to look. */
export function watchParts(names: readonly string[], engine: Engine, clock: Clock, interruption: AbortSignal): PartsWatch {
  const over = new AbortController();
  let death: EngineEvent | undefined;
  let waking: { readonly nap: boolean; wake(): void } | undefined;
  const onInterrupt = () => waking?.wake();
  interruption.addEventListener('abort', onInterrupt);

  const hear = (event: EngineEvent) => {
    const { action } = event;
    if (action === 'die') death ??= event;
    if (action === 'die' || waking?.nap) waking?.wake();
  };
  // What happens while the stream is gone is told by nobody; a look shows it. One that never comes about is no news.
  const lost = () => {
    if (waking?.nap) waking.wake();
  };
  void follow(names, engine, clock, { hear, lost }, over.signal);

  /** True when it was woken before the time was over. */
  const wait = async (ms: number, nap: boolean, until: AbortController): Promise<boolean> => {
    const mine = { nap, wake: () => until.abort('woken') };
    waking = mine;
    if (interruption.aborted) mine.wake();
    await clock.sleep(ms, until.signal);
    // Work that was done in time let the next wait begin already.
    if (waking === mine) waking = undefined;
    return until.signal.aborted;
  };
  return {
    death: () => death,
    nap: async (ms) => void (await wait(ms, true, new AbortController())),
    async within(work, ms) {
      // Work that fails after it was given up must not end the process.
      work.catch(() => {});
      const until = new AbortController();
      const waited = wait(ms, false, until).then((woken) => (woken ? ('woken' as const) : ('late' as const)));
      try {
        return await Promise.race([work.then((value) => ({ value })), waited]);
      } finally {
        until.abort('in time');
      }
    },
    close() {
      interruption.removeEventListener('abort', onInterrupt);
      over.abort('over');
    },
  };
}

async function follow(
  names: readonly string[],
  engine: Engine,
  clock: Clock,
  { hear, lost }: { hear(event: EngineEvent): void; lost(): void },
  signal: AbortSignal,
): Promise<void> {
  let since: number | undefined;
  let failed = false;
  while (!signal.aborted) {
    const began = clock.now();
    try {
      for await (const event of engine.events({ since, signal })) {
        since = event.time + 1;
        if (names.includes(event.containerName)) hear(event);
      }
    } catch {
      // Who looks at the containers meanwhile finds out that the engine is away, and says so.
      if (!failed || clock.now() - began >= RETRY_MS) lost();
      failed = true;
    }
    await clock.sleep(RETRY_MS, signal);
  }
}
