import { partNames } from '../node/names.ts';
import { placeOf } from '../node/storage/volume-place.ts';
import type { ChainSize } from '../node/upkeep/prune-record.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { lookAtRoom } from './look-at-room.ts';

/** A chain that takes longer to count is not waited for. */
const COUNT_MS = 300_000;

/** Free bytes where a node's chain lies; undefined where they cannot be seen. */
export async function chainFree({ volume }: Pick<ObservedNode, 'volume'>, engine: Engine, world: World): Promise<number | undefined> {
  const info = await engine.info();
  // Only what is free is asked: any reserve will do.
  const question = { spec: { storage: null, storageMode: null }, args: ['--datadir.minfreedisk', '1'], volume };
  return (await lookAtRoom(question, info, world))?.free;
}

/**
 * What a node's chain takes, by its files where they can be looked at, else by the engine's count. A filesystem of its own is mounted only
 * while its container runs: there what is free tells it.
 */
export async function chainSize(node: string, seen: Pick<ObservedNode, 'volume'>, engine: Engine, world: World): Promise<ChainSize> {
  const { volume } = seen;
  if (volume === undefined) return undefined;
  const place = placeOf(volume);
  if (place.kind === 'sized') {
    const free = await chainFree(seen, engine, world);
    return free === undefined ? undefined : { of: 'free', bytes: free };
  }
  const folder = place.kind === 'path' ? place.folder : volume.mountpoint;
  const { local } = await engine.info();
  const host = await world.host();
  const counted = local ? await host.directorySize(folder, world.clock.now() + COUNT_MS, world.signal) : undefined;
  const bytes = counted ?? (await engine.volumeSize(partNames(node).volume).catch(() => undefined));
  return bytes === undefined ? undefined : { of: 'used', bytes };
}
