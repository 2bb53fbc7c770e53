import { notedSizes } from '../diagnosis/noted-sizes.ts';
import { engineQuota } from '../host/storage/quota-kind.ts';
import { LABEL_NETWORK, LABEL_ROLE } from '../node/labels.ts';
import { printable } from '../node/printable.ts';
import { readSpec } from '../node/spec.ts';
import { reserveOf } from '../node/storage/disk-reserve.ts';
import { fullness } from '../node/storage/fullness.ts';
import { growthOf } from '../node/storage/growth.ts';
import { roomsOf } from '../node/storage/rooms-of.ts';
import { type StorageFacts, storageNotes } from '../node/storage/storage-facts.ts';
import { type StorageShow, volumePart } from '../node/storage/storage-show.ts';
import { placeOf, placeText } from '../node/storage/volume-place.ts';
import { volumeStorage } from '../node/storage/volume-storage.ts';
import type { ObservedContainer, ObservedNode } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { diskPace } from './disk-pace.ts';
import { findNode } from './find-node.ts';
import { measureContainers } from './measure-containers.ts';
import { type MeasuredVolume, measureVolumes } from './measure-volumes.ts';
import { noteCounted } from './note-counted.ts';
import { seeStorage, storagePlace } from './see-storage.ts';

/** A chain of a terabyte on a slow disk that nothing of is in memory yet. */
const COUNT_MS = 5 * 60_000;

/**
 * What a node takes on its disks and what of, how fast that grows by the evidence journal, and when its own limit or its disk is full.
 * What was counted is kept in the journal. What cannot be seen is null, and a note says why. NO_SUCH_NODE, NODE_AMBIGUOUS.
 */
export async function showStorage(request: { readonly node?: string | undefined }, world: World): Promise<StorageShow> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const [observed, info] = await Promise.all([findNode(node, engine), engine.info()]);
  const { container, consensus, volume } = observed;
  const deadline = world.clock.now() + COUNT_MS;
  const containers = [container, consensus].filter((found) => found !== undefined);
  const running = containers.filter(({ state }) => state === 'running' || state === 'paused');
  const volumes = observed.volumes.toSorted((one, other) => Number(other.name === volume?.name) - Number(one.name === volume?.name));
  const measured = await measureVolumes(
    {
      ...{ node, volumes, local: info.local, deadline },
      inUse: running.flatMap(({ mounts }) => mounts.map((mount) => mount.volume)),
      isGeth: volume?.labels[LABEL_ROLE] !== 'light',
    },
    world,
  );
  const beside = await measureContainers(containers, info, deadline, world);
  const limit = await limitOf(node, observed, info, world);
  const chain = measured.find((one) => volumePart(node, one.volume) === 'chain');
  const told = await courseOf(node, container, chain, limit, world);
  // Only then: this look is one of those that told the course already.
  await noteCounted(node, running, measured, info.local, world);
  const spec = container && readSpec(container.labels);
  const network = spec?.network ?? volume?.labels[LABEL_NETWORK];
  return {
    node,
    network: network === undefined ? null : printable(network, 80),
    mode: spec?.mode ?? null,
    parts: [...measured.flatMap(({ parts }) => parts), ...beside.parts],
    ...told,
    notes: [...measured.flatMap(({ note }) => note ?? []), ...beside.notes, ...(limit === null ? [] : storageNotes(limit)), ...told.notes],
  };
}

async function limitOf(node: string, { container, volume }: ObservedNode, info: EngineInfo, world: World): Promise<StorageFacts | null> {
  const spec = container && readSpec(container.labels);
  if (container === undefined || spec === undefined) return null;
  const kept = volume && volumeStorage(volume);
  const option = kept?.mode === 'quota' ? { bytes: kept.bytes, kind: engineQuota(info) } : undefined;
  return seeStorage(spec, { ...storagePlace(node, container, info.local), option }, world);
}

/** How the chain volume stands, grows and ends, by now and by the journal. */
async function courseOf(
  node: string,
  container: ObservedContainer | undefined,
  chain: MeasuredVolume | undefined,
  limit: StorageFacts | null,
  world: World,
): Promise<Pick<StorageShow, 'volume' | 'disk' | 'growth' | 'full' | 'notes'>> {
  if (chain === undefined) return { volume: null, disk: null, growth: null, full: null, notes: ['There is no chain volume.'] };
  const { volume, sight, bytes } = chain;
  const journal = await world.journal();
  const now = world.clock.now();
  const noted = notedSizes(journal.read(node), volume.name, container?.id);
  const seen = bytes === undefined ? noted : [...noted, { time: now, value: bytes }];
  const last = seen.at(-1);
  const growth = growthOf(seen, now);
  const { walls, disk } = sight ?? {};
  const rooms = roomsOf({
    ...{ limit, walls, used: last?.value, sized: placeOf(volume).kind === 'sized' },
    ...{ reserve: reserveOf(container?.args ?? []), disk, growth },
    diskPace: disk && diskPace(node, disk, now, journal),
  });
  return {
    volume: {
      name: volume.name,
      place: placeText(volume.name, placeOf(volume)),
      usedBytes: last?.value ?? null,
      usedAt: last === undefined ? null : new Date(last.time).toISOString(),
      freeBytes: walls?.free ?? null,
      limit,
    },
    disk: disk === undefined ? null : shownDisk(disk),
    growth,
    full: fullness(rooms),
    notes: growth === null ? ['Its growth is not known yet: it takes looks of 6 hours (`nodectl status`, `nodectl watch`).'] : [],
  };
}

function shownDisk({ source, mountPoint, type, total, free }: NonNullable<MeasuredVolume['sight']>['disk'] & object): StorageShow['disk'] {
  return { source, mountPoint, type, totalBytes: total, freeBytes: free };
}
