import { LogPlace } from '../node/log/log-place.ts';
import type { Engine, LogLine, LogQuery } from '../ports/engine.ts';
import type { Clock, World } from '../ports.ts';

/** How long until the engine is asked again whether it has started a container again; its own patience begins at 100 ms and doubles. */
const POLL_MS = 250;

/** The longest that a timer can wait. */
const FAR_MS = 2 ** 31 - 1;

/**
 * A container's output and what it goes on to print, also after its restart policy has started it again: ends when it is stopped,
 * removed or has ended for good, at `until`, and by the interruption. `place` is how far its log has been read already.
 */
export async function* followLog(
  container: string,
  query: Omit<LogQuery, 'follow'>,
  engine: Engine,
  world: World,
  place = new LogPlace(),
): AsyncGenerator<LogLine> {
  const signal = AbortSignal.any([world.signal, ...atInstant(query.until, world.clock)]);
  let { tail } = query;
  if (tail === 0) {
    for await (const line of engine.logs(container, { tail: 1, signal })) place.pass(line);
    tail = undefined;
  }
  while (true) {
    const isNew = place.onlyNew();
    const since = place.since === undefined ? query.since : Math.max(place.since, query.since ?? 0);
    for await (const line of engine.logs(container, { ...query, since, tail, follow: true, signal })) {
      if (!isNew(line)) continue;
      place.pass(line);
      yield line;
    }
    tail = undefined;
    if (signal.aborted || !(await runsAgain(container, engine, world.clock, signal))) return;
  }
}

/** Waits while the engine is about to start it again; false once it is not. */
async function runsAgain(container: string, engine: Engine, clock: Clock, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const state = (await engine.inspect(container))?.state;
    if (state !== 'running' && state !== 'restarting') return false;
    await clock.sleep(POLL_MS, signal);
    if (state === 'running') return !signal.aborted;
  }
  return false;
}

function atInstant(until: number | undefined, clock: Clock): readonly AbortSignal[] {
  const ms = until === undefined ? FAR_MS : Math.max(0, until - clock.now());
  return ms < FAR_MS ? [AbortSignal.timeout(ms)] : [];
}
