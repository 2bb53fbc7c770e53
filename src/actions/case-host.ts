import type { CgroupCounters, HostEvidence, Run } from '../diagnosis/evidence.ts';
import { notedUse } from '../diagnosis/journal-notes.ts';
import { hostTimes } from '../diagnosis/kernel/host-times.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { JournalRecord, World } from '../ports.ts';

const NOTHING: HostEvidence = {
  ...{ memory: null, bootedAt: null, engineStartedAt: null, oomKills: null, diskFree: null, diskTotal: null, swappiness: null },
};

/** The engine's host as its own files tell it; nothing of another machine. */
export async function seeHost(container: ObservedContainer, local: boolean, world: World): Promise<HostEvidence> {
  if (!local) return NOTHING;
  const [host, files] = await Promise.all([world.host(), world.hostFiles()]);
  const source = (container.mounts.find(({ volume }) => volume === container.name) ?? container.mounts[0])?.source;
  const disk = source === undefined ? undefined : files.filesystem(source);
  return {
    ...hostTimes(files),
    memory: host.memory() ?? null,
    diskFree: disk?.free ?? null,
    diskTotal: disk?.total ?? null,
    swappiness: host.swappiness() ?? null,
  };
}

/** What a container's cgroup counts: now, where it runs on this machine, else as the journal has it of that run. */
export async function seeCounters(
  { id, pid }: Pick<ObservedContainer, 'id' | 'pid'>,
  run: Run,
  { local, journal }: { readonly local: boolean; readonly journal: readonly JournalRecord[] },
  world: World,
): Promise<CgroupCounters | null> {
  const now = world.clock.now();
  const counted = local && pid > 0 && run.endedAt === null ? (await world.host()).kernelCounters(pid) : undefined;
  if (counted !== undefined) {
    const { oomKills, limitHits, peakBytes, memoryBytes, swapBytes, memoryPressure } = counted;
    return {
      ...{ oomKills: oomKills ?? null, limitHits: limitHits ?? null, peakBytes: peakBytes ?? null, at: now },
      ...{ memoryBytes: memoryBytes ?? null, swapBytes: swapBytes ?? null, memoryPressure: memoryPressure ?? null },
    };
  }
  const noted = notedUse(journal, id).filter(({ time }) => time >= run.startedAt && time <= (run.endedAt ?? now));
  const last = noted.at(-1);
  if (last === undefined) return null;
  const { memory: memoryBytes, swap: swapBytes, oomKills, time: at } = last;
  const peak = Math.max(...noted.map(({ memory }) => memory ?? 0));
  return { oomKills, limitHits: null, peakBytes: peak > 0 ? peak : null, memoryBytes, swapBytes, memoryPressure: null, at };
}
