import { NodectlError } from '../errors.ts';
import { partNames } from '../node/names.ts';
import { unfinishedName, unstartedName } from '../node/unfinished.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';

/** Works on a node's chain while no other nodectl of this machine moves, packs, prunes or removes it; UNFINISHED when one does already. */
export async function aloneOnChain<T>(node: string, world: World, act: () => Promise<T>): Promise<T> {
  const release = await (await world.hostChanges()).lock(`chain-${node}`);
  if (release === undefined)
    throw new NodectlError('UNFINISHED', `Another nodectl works on the chain of ${node} at this moment.`, { hint: 'Wait for it.' });
  try {
    return await act();
  } finally {
    release();
  }
}

/**
 * Removes what an earlier run of the same work left on the node's volume, a geth that still writes to it included. Nobody else works there
 * while the marker is placed.
 */
export async function clearHelpers(node: string, { leftovers }: Pick<ObservedNode, 'leftovers'>, engine: Engine): Promise<void> {
  const isHelper = (name: string) => name === partNames(node).helper || /^nodectl-(once|read)-/.test(name);
  for (const { id, name } of leftovers) if (isHelper(name)) await engine.removeContainer(id, { force: true });
}

/** The chain is whole again: from here on the node may be started, and the same command does no more than that. */
export async function workDone(node: string, starts: boolean, engine: Engine): Promise<void> {
  await engine.removeContainer(unstartedName(node), { force: true });
  if (starts) await engine.renameContainer(unfinishedName(node), unstartedName(node));
  else await engine.removeContainer(unfinishedName(node), { force: true });
}

/** The node was started: nothing is left to do. */
export async function forgetWork(node: string, engine: Engine): Promise<void> {
  await engine.removeContainer(unstartedName(node), { force: true });
}
