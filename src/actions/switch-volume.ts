import { NodectlError } from '../errors.ts';
import { unitPath } from '../host/storage/boot-unit.ts';
import { unitRemoval } from '../host/storage/boot-unit-steps.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { keptVolume, type MoveRecord, sentinelOf, stagedVolume } from '../node/storage/move-record.ts';
import { placeFor, placeOf, type VolumePlace, volumeAt } from '../node/storage/volume-place.ts';
import type { ObservedNode, ObservedVolume } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { applyHostSteps, type HostHands } from './apply-host-steps.ts';
import { detachLoop } from './attach-loop.ts';

/**
 * Makes the node's volume stand for the copy, and another volume for what it stood for. Each act finds out by itself whether an
 * earlier run did it; the marker is there before the first and says what is to be done. At every moment both copies are whole.
 */
export async function switchVolume(node: string, record: MoveRecord, engine: Engine, hands: HostHands, world: World): Promise<void> {
  const { container, volume: name } = partNames(node);
  const look = () => engine.observe({ name: node, container, volume: name });
  const { options, labels } = volumeAt(record.to);
  const seen = await look();
  if (seen.container !== undefined) await engine.removeContainer(seen.container.id, { force: false });
  if (seen.volume !== undefined && !standsFor(seen.volume, record.to)) {
    await keepOld(node, seen.volume, look, { engine, hands, world });
    await engine.removeVolume(name);
  }
  await engine.createVolume({ name, options, labels: { ...record.labels, ...labels, [LABEL_NODE]: node, [LABEL_ROLE]: 'execution' } });
  if (record.to.kind === 'volume') await takeStaged(stagedVolume(name), await look(), engine, world);
  else hands.changes.removeFile(sentinelOf(record.to));
}

/** The place and the words that the engine has for it must both be the new ones. */
function standsFor(volume: ObservedVolume, to: VolumePlace): boolean {
  const wanted = Object.entries(volumeAt(to).options);
  const same = wanted.every(([word, value]) => volume.options[word] === value) && Object.keys(volume.options).length === wanted.length;
  return same && JSON.stringify(placeOf(volume)) === JSON.stringify(to);
}

interface Means {
  readonly engine: Engine;
  readonly hands: HostHands;
  readonly world: World;
}

/** A second volume gets what the first stands for: its folder by a rename, or the same place by the same words. */
async function keepOld(
  node: string,
  volume: ObservedVolume,
  look: () => Promise<ObservedNode>,
  { engine, hands, world }: Means,
): Promise<void> {
  const name = keptVolume(volume.name);
  const from = placeOf(volume);
  const { options, labels } = volumeAt(placeFor(name, from));
  await engine.createVolume({ name, options, labels: { ...volume.labels, ...labels, [LABEL_NODE]: node, [LABEL_ROLE]: 'kept' } });
  if (from.kind === 'sized') {
    await detachLoop(from.place, hands.files, hands.changes);
    const unit = hands.files.read(unitPath(from.place));
    await applyHostSteps(unitRemoval(from.place, 'text' in unit ? unit.text : undefined), hands, world);
  }
  if (from.kind !== 'volume') return;
  const kept = (await look()).volumes.find((other) => other.name === name);
  if (kept === undefined) throw new NodectlError('NAME_TAKEN', `A volume named ${name} exists that is not nodectl's; it is left alone.`);
  await giveFolder(volume, kept, world);
}

async function takeStaged(name: string, { volume, volumes }: ObservedNode, engine: Engine, world: World): Promise<void> {
  const staged = volumes.find((other) => other.name === name);
  if (staged === undefined || volume === undefined) return;
  await giveFolder(staged, volume, world);
  await engine.removeVolume(name);
}

/** A folder that is empty was given already. */
async function giveFolder(from: ObservedVolume, to: ObservedVolume, world: World): Promise<void> {
  const moves = await world.folderMoves();
  if (moves.isEmpty(from.mountpoint)) return;
  moves.swap(from.mountpoint, to.mountpoint);
}
