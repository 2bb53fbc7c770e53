import { NodectlError } from '../errors.ts';
import { partNames } from '../node/names.ts';
import { keptVolume } from '../node/storage/move-record.ts';
import { placeOf, placeText } from '../node/storage/volume-place.ts';
import { refuseUnfinished } from '../node/unfinished.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { refuseUnreachable, removePlace } from './remove-place.ts';

export interface DropReport {
  readonly node: string;
  /** Null when none was kept. */
  readonly dropped: string | null;
}

/** Removes the chain that a migration kept as it was before, after a yes; none is success. */
export async function dropKept(request: { readonly node: string | undefined; readonly yes: boolean }, world: World): Promise<DropReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const { volumes, leftovers } = await findNode(node, engine);
  refuseUnfinished(node, leftovers);
  const name = keptVolume(partNames(node).volume);
  const kept = volumes.find((volume) => volume.name === name);
  if (kept === undefined) return { node, dropped: null };
  await refuseUnreachable([kept], (await engine.info()).local, world);
  const what = placeText(name, placeOf(kept));
  if (!request.yes && !(await world.console.confirm(`Remove ${what}, the chain of ${node} before it was moved?`, '--yes'))) {
    throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  }
  await removePlace(kept, world);
  await engine.removeVolume(name);
  return { node, dropped: what };
}
