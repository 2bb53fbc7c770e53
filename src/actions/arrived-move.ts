import { partNames } from '../node/names.ts';
import { keptVolume, type MoveRecord, readMove } from '../node/storage/move-record.ts';
import { placeOf } from '../node/storage/volume-place.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { moveTarget } from './move-target.ts';

/**
 * Where a chain is in that place already, and its old copy tells that a move brought it there, so that the same command has at most the
 * node's start left to do: whether it has. Undefined where it is elsewhere, of another size, or where no old copy is kept.
 */
export function arrivedMove(
  node: string,
  { volume, volumes, container, leftovers }: ObservedNode,
  { place, bytes }: ReturnType<typeof moveTarget>,
  files: HostFiles,
): Pick<MoveRecord, 'to' | 'starts'> | undefined {
  if (volume === undefined || JSON.stringify(placeOf(volume)) !== JSON.stringify(place)) return undefined;
  if (!volumes.some(({ name }) => name === keptVolume(volume.name))) return undefined;
  if (place.kind === 'sized' && files.status(place.place.image)?.size !== bytes) return undefined;
  if (container !== undefined) return { to: place, starts: container.state !== 'exited' };
  const successor = leftovers.find(({ name }) => name === partNames(node).successor);
  // One without a record was made by the `up` that was to start the node.
  return { to: place, starts: successor !== undefined && (readMove(successor.labels)?.starts ?? true) };
}
