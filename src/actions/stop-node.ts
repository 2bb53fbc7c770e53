import { readClient } from '../node/consensus/read-client.ts';
import { highestLoggedHead } from '../node/log-head.ts';
import { judgeShutdown } from '../node/shutdown-verdict.ts';
import { readSpec } from '../node/spec.ts';
import type { StopReason } from '../node/stop-reason.ts';
import { STOP_TIMEOUT_SECONDS } from '../node/stop-timeout.ts';
import type { ObservedContainer, ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock, World } from '../ports.ts';
import { lastLines } from './recall-head.ts';
import { stopReasonData } from './recall-stop-reason.ts';
import { type PartStop, stopClient } from './stop-client.ts';
import { isUp, stopWithProgress } from './stop-with-progress.ts';
import { untilListening } from './until-listening.ts';

/** Looks at a log that lacks its last words, a tenth of a second apart. */
const CLOSING_LOOKS = 10;

export interface StopReport extends PartStop {
  readonly node: string;
  /** The last head its log tells of. */
  readonly head: number | null;
  /** The consensus client beside it, which is stopped first; null where there is none. `client` is null when its label cannot be read. */
  readonly consensus: (PartStop & { readonly client: string | null }) | null;
}

/** Whether every part of a node that ever ran ended in good order. */
export function endedWell({ shutdown, consensus }: StopReport): boolean {
  return shutdown?.clean !== false && consensus?.shutdown?.clean !== false;
}

/**
 * Stops a node's parts, the consensus client before geth: the other way round it would go on asking a geth that is closing.
 * Waits with progress, and judges each end by its evidence. A `reason` is kept with it in the journal.
 */
export async function stopNode(
  node: string,
  { container, consensus }: Pick<ObservedNode, 'container' | 'consensus'>,
  world: World,
  reason?: StopReason,
): Promise<StopReport> {
  const stopped = await stopParts(node, { container, consensus }, world, reason);
  // Who removes the container next removes what tells why it ended so.
  if (!endedWell(stopped)) await (await import('./explain-death.ts')).explainEnd(node, world);
  return stopped;
}

async function stopParts(
  node: string,
  { container, consensus }: Pick<ObservedNode, 'container' | 'consensus'>,
  world: World,
  reason: StopReason | undefined,
): Promise<StopReport> {
  const beside = consensus === undefined ? null : await stopConsensus(consensus, world);
  if (container === undefined) return { node, wasRunning: false, shutdown: null, head: null, tookMs: 0, consensus: beside };
  const light = readSpec(container.labels)?.light;
  if (light) return { node, ...(await stopClient(light.backend, container, world)), head: null, consensus: beside };
  return { node, ...(await stopGeth(node, container, world, reason)), consensus: beside };
}

async function stopConsensus(container: ObservedContainer, world: World): Promise<NonNullable<StopReport['consensus']>> {
  const client = readClient(container.labels)?.client ?? null;
  return { client, ...(await stopClient(client ?? 'the consensus client', container, world)) };
}

async function stopGeth(
  node: string,
  container: ObservedContainer,
  world: World,
  reason: StopReason | undefined,
): Promise<PartStop & Pick<StopReport, 'head'>> {
  const engine = await world.engine();
  const started = world.clock.now();
  const wasRunning = isUp(container);
  const ready = () => untilListening(container, engine, world.clock);
  const closing = { what: 'waiting for geth to close its database', seconds: STOP_TIMEOUT_SECONDS, ready };
  if (wasRunning) await stopWithProgress(container, closing, world);
  const ended = wasRunning ? ((await engine.inspect(container.name)) ?? container) : container;
  const lines = ended.startedAt === 0 ? [] : await closingLines(ended, wasRunning ? CLOSING_LOOKS : 1, engine, world.clock);
  const shutdown = ended.startedAt === 0 ? null : judgeShutdown(ended.exitCode, lines);
  const head = highestLoggedHead(lines) ?? null;
  if (wasRunning && shutdown !== null) {
    const why = reason === undefined ? {} : stopReasonData(ended, reason);
    const data = { clean: shutdown.clean, exitCode: shutdown.exitCode, ...(head === null ? {} : { number: head }), ...why };
    (await world.journal()).append(node, { kind: 'stop', data });
  }
  return { wasRunning, shutdown, head, tookMs: world.clock.now() - started };
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
