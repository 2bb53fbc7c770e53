import { flagValue } from '../diagnosis/geth-memory-words.ts';
import { loopAt } from '../host/storage/probe-sized.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { RoomSight } from '../node/storage/room-to-start.ts';
import { volumeFolder } from '../node/storage/volume-folder.ts';
import { volumeStorage } from '../node/storage/volume-storage.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { ext4Free } from './ext4-free.ts';

export interface RoomQuestion {
  readonly spec: Pick<NodeSpec, 'storage' | 'storageMode'>;
  /** The words geth is started with. */
  readonly args: readonly string[];
  /** Undefined where it is still to be made. */
  readonly volume: ObservedVolume | undefined;
}

/** A chain that takes longer to count is not waited for. */
const COUNT_MS = 20_000;

/** What a chain has to write to; undefined where geth does not look at its disk (`--datadir.minfreedisk`), what cannot be seen is left out. */
export async function lookAtRoom({ spec, args, volume }: RoomQuestion, info: EngineInfo, world: World): Promise<RoomSight | undefined> {
  const leastMib = leastFreeOf(args);
  if (leastMib === 0) return undefined;
  const free = info.local ? await freeFor(volume, spec, info, world) : undefined;
  const used = spec.storageMode === 'watchdog' && volume !== undefined ? await usedBy(volume, info.local, world) : undefined;
  const guarded = spec.storage === null || used === undefined ? undefined : { limit: spec.storage, used };
  return { leastMib, free, guarded };
}

/** geth's `--datadir.minfreedisk`, MiB; 0 where it was not told one (geth < 1.10). */
export function leastFreeOf(args: readonly string[]): number {
  const told = Number(flagValue(args, 'datadir.minfreedisk') ?? Number.NaN);
  return Number.isSafeInteger(told) && told > 0 ? told : 0;
}

async function freeFor(
  volume: ObservedVolume | undefined,
  { storageMode }: RoomQuestion['spec'],
  { rootDir }: EngineInfo,
  world: World,
): Promise<number | undefined> {
  const host = await world.host();
  // A volume that is made with a size gets all of it.
  if (volume === undefined) return storageMode === 'sized' || storageMode === 'quota' ? undefined : host.diskFree(rootDir);
  const kept = volumeStorage(volume);
  if (kept.mode !== 'sized') return host.diskFree(volumeFolder(volume).folder);
  const files = await world.hostFiles();
  const device = files.link(kept.place.link);
  const loop = device === undefined ? undefined : loopAt(device, files);
  if (loop === undefined) return undefined;
  const [mount] = loop.mounts;
  if (mount !== undefined) return host.diskFree(mount);
  return files.uid === 0 ? ext4Free(loop.device, await world.hostChanges()) : undefined;
}

async function usedBy(volume: ObservedVolume, local: boolean, world: World): Promise<number | undefined> {
  if (!local) return (await world.engine()).volumeSize(volume.name).catch(() => undefined);
  return (await world.host()).directorySize(volumeFolder(volume).folder, world.clock.now() + COUNT_MS, world.signal);
}
