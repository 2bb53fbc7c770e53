import type { ObservedContainer } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { measureUse } from './measure-use.ts';
import type { MeasuredVolume } from './measure-volumes.ts';
import { useNoter } from './note-use.ts';

/** The engine's own answer is waited for so long. */
const ANSWER_MS = 2_000;

/** Keeps in the journal what running containers use, with what was counted of their volumes just now. */
export async function noteCounted(
  node: string,
  containers: readonly ObservedContainer[],
  measured: readonly MeasuredVolume[],
  local: boolean,
  world: World,
): Promise<void> {
  const { clock } = world;
  const [engine, host, journal] = [await world.engine(), await world.host(), await world.journal()];
  const note = useNoter(node, journal, host, clock);
  for (const container of containers) {
    const counted = measured.find(({ volume }) => volume.name === container.name)?.bytes;
    if (counted === undefined) continue;
    const uptimeMs = Math.max(0, clock.now() - container.startedAt);
    const { use } = await measureUse({ container, local, uptimeMs, deadline: clock.now() + ANSWER_MS, counted }, engine, host, clock);
    note({ container, local, use });
  }
}
