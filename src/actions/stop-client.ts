import { judgeClientShutdown } from '../node/consensus/client-shutdown.ts';
import type { ShutdownVerdict } from '../node/shutdown-verdict.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { isUp, stopWithProgress } from './stop-with-progress.ts';

/** How a part of a node ended, then or now. */
export interface PartStop {
  /** False when it had ended before. */
  readonly wasRunning: boolean;
  /** Null when it never ran. */
  readonly shutdown: ShutdownVerdict | null;
  readonly tookMs: number;
}

/** Stops a program that is not geth, within the time that its container was made with; one that does not end is killed, and that is told. */
export async function stopClient(title: string, container: ObservedContainer, world: World): Promise<PartStop> {
  const engine = await world.engine();
  const started = world.clock.now();
  const seconds = container.stopTimeoutSeconds;
  const wasRunning = isUp(container);
  if (wasRunning) await stopWithProgress(container, { what: `waiting for ${title} to end`, seconds }, world);
  const ended = wasRunning ? ((await engine.inspect(container.name)) ?? container) : container;
  const shutdown = ended.startedAt === 0 ? null : judgeClientShutdown(ended.exitCode, ended.oomKilled, seconds);
  return { wasRunning, shutdown, tookMs: world.clock.now() - started };
}
