import { highestLoggedHead } from '../node/log-head.ts';
import { judgeShutdown, type ShutdownVerdict } from '../node/shutdown-verdict.ts';
import { STOP_TIMEOUT_SECONDS } from '../node/stop-timeout.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock, World } from '../ports.ts';
import { lastLines } from './recall-head.ts';
import { untilListening } from './until-listening.ts';

/** Looks at a log that lacks its last words, a tenth of a second apart. */
const CLOSING_LOOKS = 10;

export interface StopReport {
  readonly node: string;
  /** False when it had ended before. */
  readonly wasRunning: boolean;
  /** How it ended, then or now; null when it never ran. */
  readonly shutdown: ShutdownVerdict | null;
  /** The last head its log tells of. */
  readonly head: number | null;
  readonly tookMs: number;
}

/** Stops a node's container, waits for geth's clean close with progress, and judges the end by its evidence. */
export async function stopContainer(node: string, container: ObservedContainer, world: World): Promise<StopReport> {
  const engine = await world.engine();
  const started = world.clock.now();
  const wasRunning = container.state === 'running' || container.state === 'restarting' || container.state === 'paused';
  if (wasRunning) await stopWithProgress(container, engine, world);
  const ended = wasRunning ? ((await engine.inspect(container.name)) ?? container) : container;
  const lines = ended.startedAt === 0 ? [] : await closingLines(ended, wasRunning ? CLOSING_LOOKS : 1, engine, world.clock);
  const shutdown = ended.startedAt === 0 ? null : judgeShutdown(ended.exitCode, lines);
  const head = highestLoggedHead(lines) ?? null;
  if (wasRunning && shutdown !== null) {
    const data = { clean: shutdown.clean, exitCode: shutdown.exitCode, ...(head === null ? {} : { number: head }) };
    (await world.journal()).append(node, { kind: 'stop', data });
  }
  return { node, wasRunning, shutdown, head, tookMs: world.clock.now() - started };
}

/**
 * The last lines of a run that ended. On a busy machine the engine may not have written all of them when it says that
 * the container ended: where geth went by itself without its last words, they are looked for a moment longer.
 */
async function closingLines(ended: ObservedContainer, looks: number, engine: Engine, clock: Clock): Promise<readonly string[]> {
  let lines = await lastLines(ended, engine);
  for (let look = 1; look < looks && ended.exitCode === 0 && !judgeShutdown(0, lines).clean; look++) {
    await clock.sleep(100);
    lines = await lastLines(ended, engine);
  }
  return lines;
}

async function stopWithProgress(container: ObservedContainer, engine: Engine, world: World): Promise<void> {
  const { clock, console } = world;
  const started = clock.now();
  let over = false;
  const stopping = untilListening(container, engine, clock)
    .then(() => engine.stopContainer(container.name, STOP_TIMEOUT_SECONDS))
    .finally(() => {
      over = true;
    });
  const ticking = new AbortController();
  const settled = stopping.then(
    () => ticking.abort(),
    () => ticking.abort(),
  );
  await Promise.race([clock.sleep(1_000, ticking.signal), settled]);
  while (!over) {
    const done = Math.round((clock.now() - started) / 1000);
    console.progress({ what: 'waiting for geth to close its database', done, total: STOP_TIMEOUT_SECONDS, unit: 'seconds' });
    await Promise.race([clock.sleep(1_000, ticking.signal), settled]);
  }
  console.progress(undefined);
  await stopping;
}
