import { runRecord, useRecord } from '../diagnosis/journal-notes.ts';
import { presentRun } from '../diagnosis/known-runs.ts';
import type { NodeUse } from '../node/node-status.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Host } from '../ports/host.ts';
import type { Clock, Journal, World } from '../ports.ts';

/** What a container uses is kept once in a while, however often somebody looks. */
const PACE_MS = 60_000;
/** The latest records of a journal are in so many bytes at its end. */
const LATEST_BYTES = 16 * 1024;

/** A running part of a node, as a look found it. */
export interface SeenPart {
  readonly container: ObservedContainer;
  /** Its process and its volume are on this machine. */
  readonly local: boolean;
  readonly use: NodeUse | null;
}

/**
 * Keeps in the journal what nobody can tell after an end: the process id of each run, once, and what it uses, once a minute. For who looks
 * often: it reads the journal at the first look alone.
 */
export function useNoter(node: string, journal: Journal, host: Host, clock: Clock): (part: SeenPart) => void {
  const runs = new Set<string>();
  const uses = new Map<string, number>();
  let isRead = false;
  const recall = () => {
    isRead = true;
    const latest = journal.read(node, LATEST_BYTES);
    for (const { kind, time, data } of latest) {
      if (kind === 'run') runs.add(`${data.id} ${data.startedAt}`);
      if (kind === 'use') uses.set(String(data.id), time);
    }
  };
  return ({ container, local, use }) => {
    if (container.state !== 'running') return;
    if (!isRead) recall();
    const { id, name, startedAt, pid } = container;
    const run = `${id} ${startedAt}`;
    if (!runs.has(run)) journal.append(node, runRecord(id, name, presentRun(container, [], [])));
    runs.add(run);
    const now = clock.now();
    const last = uses.get(id);
    if (use === null || use.memoryBytes === null || (last !== undefined && now >= last && now - last < PACE_MS)) return;
    uses.set(id, now);
    const source = local ? container.mounts.find(({ volume }) => volume === name)?.source : undefined;
    const memory = local ? host.memory() : undefined;
    journal.append(
      node,
      useRecord({
        ...{ time: now, containerId: id, memory: use.memoryBytes, swap: use.swapBytes, disk: use.diskBytes },
        diskFree: source === undefined ? null : (host.diskFree(source) ?? null),
        oomKills: (local && pid > 0 ? host.kernelCounters(pid)?.oomKills : undefined) ?? null,
        ...{ available: memory?.available ?? null, swapFree: memory?.swapFree ?? null },
      }),
    );
  };
}

/** Keeps the process ids of containers that were started just now, by their names. */
export async function noteStart(node: string, containers: readonly string[], world: World): Promise<void> {
  const [engine, journal, host] = [await world.engine(), await world.journal(), await world.host()];
  const note = useNoter(node, journal, host, world.clock);
  const found = await Promise.all(containers.map((name) => engine.inspect(name)));
  for (const container of found) if (container !== undefined) note({ container, local: false, use: null });
}
