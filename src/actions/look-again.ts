import { composeStatus } from '../node/compose-status.ts';
import { executionShare } from '../node/consensus/split-budget.ts';
import { enforcementNotes, type NodeUse } from '../node/node-status.ts';
import { roomLeft } from '../node/room-for-attach.ts';
import { POLL_CALLS, STATUS_CALLS } from '../node/rpc-facts.ts';
import type { LoggedLine } from '../node/sync/judge-lines.ts';
import { nextSample } from '../node/watch/next-sample.ts';
import { NOTHING_REMEMBERED } from '../node/watch/node-memory.ts';
import type { NodeSample } from '../node/watch/sample.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import type { World } from '../ports.ts';
import { directionCounter } from './count-directions.ts';
import { diskCounter } from './count-disk.ts';
import { pacedLogReader } from './log-reader.ts';
import { lookAtNode, type NodeLook, type SeenNode } from './look-at-node.ts';
import { useNoter } from './note-use.ts';
import { withinDeadline } from './within-deadline.ts';

/** Who looks at one node again and again, and remembers what only several looks show. */
export interface Observer {
  /** Undefined where the node has no container (any more). What does not answer by `deadline` is judged as silent; the engine's errors are thrown. */
  look(deadline: number): Promise<NodeSample | undefined>;
}

/** geth logs a warning each time that it is asked for a finalized block while it knows none. */
const FINALIZED_PACE_MS = 60_000;

/**
 * JSON-RPC is asked over HTTP alone: nothing is run inside a container, which might be too tight for it, but for the `directions` of
 * its peers where somebody wants them and there is room.
 */
export function observer(node: string, engine: Engine, host: Host, world: World, { directions = false } = {}): Observer {
  const { clock, signal } = world;
  const disk = diskCounter(engine, host, clock, signal);
  const readLog = pacedLogReader();
  const peers = directions ? directionCounter(engine, clock) : undefined;
  let memory = NOTHING_REMEMBERED;
  let turn = 0;
  let finalizedAskedAt: number | undefined;
  const noting = world.journal().then((journal) => useNoter(node, journal, host, clock));
  // Met again at the first look.
  noting.catch(() => {});

  /** A sync's own lines tell more than eth_syncing does; otherwise they are worth no look of their own. */
  const linesOf = async ({ container, lines }: SeenNode, state: string, deadline: number): Promise<readonly LoggedLine[]> =>
    lines ?? (state === 'syncing' ? readLog(container, deadline, engine, clock) : []);

  /** Asks for the finalized block as long as there is one, else once in a while. */
  const callsAt = (now: number) => {
    const waits = finalizedAskedAt !== undefined && Math.abs(now - finalizedAskedAt) < FINALIZED_PACE_MS;
    return waits ? POLL_CALLS : STATUS_CALLS;
  };

  const measured = async ({ container, local, uptimeMs }: SeenNode, deadline: number) => {
    const running = container.state === 'running';
    const kernel = running && local ? host.kernelUsage(container.pid) : undefined;
    const told = kernel ?? (running ? await engineUsage(container.id, deadline) : undefined);
    const use: NodeUse = {
      memoryBytes: told?.memory ?? null,
      swapBytes: told?.swap ?? null,
      cpusAverage: told === undefined || uptimeMs <= 0 ? null : told.cpuNanoseconds / (uptimeMs * 1e6),
      diskBytes: disk.latest(container, local),
      source: told === undefined ? null : kernel === undefined ? 'engine' : 'kernel',
    };
    return { use, cpuNanoseconds: told?.cpuNanoseconds };
  };
  const engineUsage = async (id: string, deadline: number) => {
    const told = await withinDeadline(engine.usage(id), deadline, clock).catch(() => 'late' as const);
    return told === 'late' ? undefined : told.value;
  };

  return {
    async look(deadline) {
      turn += 1;
      const mine = turn;
      const calls = callsAt(clock.now());
      const { judged, seen, beside } = await lookAtNode(node, deadline, engine, world, { calls, readLog });
      if (judged === undefined || seen === undefined) return undefined;
      if (calls === STATUS_CALLS && judged.said !== undefined) {
        finalizedAskedAt = judged.said.finalized === undefined ? seen.now : undefined;
      }
      const { container, local, spec, light } = seen;
      const [lines, { use, cpuNanoseconds }] = await Promise.all([linesOf(seen, judged.sync.state, deadline), measured(seen, deadline)]);
      const note = await noting;
      note({ container, local, use });
      if (beside !== undefined) note({ container: beside, local, use: withUse(judged, beside, local, host).consensus?.use ?? null });
      const kernel = local && container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
      const notes = enforcementNotes(container, spec && executionShare(spec), kernel);
      const status = composeStatus({ node, seen, judged: withUse(judged, beside, local, host), light, use, death: null, notes });
      const strain = container.state === 'running' && local ? host.kernelStrain(container.pid) : undefined;
      const source = container.mounts.find(({ volume }) => volume === container.name)?.source;
      const swapFree = local ? host.memory()?.swapFree : undefined;
      const asks = judged.said !== undefined && judged.said.peers !== 0 && light === undefined && use.memoryBytes !== null;
      const room = asks ? roomLeft(container.limits, { memory: use.memoryBytes ?? 0, swap: use.swapBytes ?? 0 }, swapFree) : 0;
      const next = nextSample(memory, {
        ...{ time: seen.now, status, spec, said: judged.said, lines, cpuNanoseconds, strain },
        hostSwapFree: swapFree,
        directions: peers?.latest(container, room) ?? null,
        diskFree: local && source !== undefined ? host.diskFree(source) : undefined,
      });
      // A look that was given up and comes late would turn time back.
      if (mine === turn) memory = next.memory;
      return next.sample;
    },
  };
}

/** What the consensus client uses is the kernel's to say; its volume is small, and nobody counts it here. */
function withUse(
  judged: NonNullable<NodeLook['judged']>,
  beside: NodeLook['beside'],
  local: boolean,
  host: Host,
): NonNullable<NodeLook['judged']> {
  const used = local && beside?.state === 'running' ? host.kernelUsage(beside.pid) : undefined;
  if (used === undefined || judged.consensus === undefined) return judged;
  const uptimeMs = judged.consensus.container?.uptimeMs ?? 0;
  const use: NodeUse = {
    memoryBytes: used.memory,
    swapBytes: used.swap ?? null,
    cpusAverage: uptimeMs > 0 ? used.cpuNanoseconds / (uptimeMs * 1e6) : null,
    diskBytes: null,
    source: 'kernel',
  };
  return { ...judged, consensus: { ...judged.consensus, use } };
}
