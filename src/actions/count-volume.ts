import { DATA_DIRECTORY } from '../node/container-paths.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';

/** Bytes that a container's chain takes, counted until `deadline` (an instant); undefined where nobody could. */
export async function countVolume(
  { mounts }: ObservedContainer,
  local: boolean,
  deadline: number,
  engine: Engine,
  world: World,
): Promise<number | undefined> {
  const mount = mounts.find(({ target }) => target === DATA_DIRECTORY);
  if (mount === undefined) return undefined;
  const counted = local ? await (await world.host()).directorySize(mount.source, deadline, world.signal) : undefined;
  return counted ?? (world.signal.aborted ? undefined : engine.volumeSize(mount.volume));
}
