import { NodectlError } from '../errors.ts';
import { partNames } from '../node/names.ts';
import { presentSpec } from '../node/present.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { leaveChainNetwork } from './leave-chain-network.ts';
import { type StopReport, stopContainer } from './stop-node.ts';

export interface DownReport {
  readonly node: string;
  /** Null when there was no container. */
  readonly stop: StopReport | null;
  readonly removed: { readonly container: string | null; readonly volume: string | null };
  /** The volume that stays, null when there is none (any more). */
  readonly keptVolume: string | null;
}

/** Stops a node and removes its containers, and with the last node of a private chain its network; its volume only with `volumes` and a yes. */
export async function down(
  request: { readonly node: string | undefined; readonly volumes: boolean; readonly yes: boolean },
  world: World,
): Promise<DownReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const { container, volume, leftovers } = await findNode(node, engine);
  if (request.volumes && volume !== undefined && !request.yes) {
    const question = `Remove the volume ${volume.name} and all chain data and keys in it?`;
    if (!(await world.console.confirm(question, '--yes'))) throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  }
  const stop = container === undefined ? null : await stopContainer(node, container, world);
  if (container !== undefined) await engine.removeContainer(container.name, { force: false });
  const { successor } = partNames(node);
  for (const left of leftovers) await engine.removeContainer(left.id, { force: left.name !== successor });
  const chain = presentSpec(container)?.custom?.private;
  if (chain !== undefined) await leaveChainNetwork(chain.genesis, engine);
  const removesVolume = request.volumes && volume !== undefined;
  if (removesVolume) await engine.removeVolume(volume.name);
  return {
    node,
    stop,
    removed: { container: container?.name ?? null, volume: removesVolume ? volume.name : null },
    keptVolume: removesVolume ? null : (volume?.name ?? null),
  };
}
