import { NodectlError } from '../errors.ts';
import { labelRecord } from '../node/chain-record.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { chainNetworkName, consensusNames, isChainNetworkName, nodeNetworkName, partNames } from '../node/names.ts';
import { presentSpec } from '../node/present.ts';
import { findUnfinished, refuseUnfinished, workOf } from '../node/unfinished.ts';
import type { ForeignPart, ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chooseNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { leaveChainNetwork } from './leave-chain-network.ts';
import { removeIdleGuard } from './provide-guard.ts';
import { removeHalfCopy } from './remove-half-copy.ts';
import { refuseUnreachable, removePlace } from './remove-place.ts';
import { type StopReport, stopNode } from './stop-node.ts';

export interface DownReport {
  readonly node: string;
  /** Null when there was no container. */
  readonly stop: StopReport | null;
  readonly removed: {
    readonly container: string | null;
    readonly volume: string | null;
    /** The consensus client's container. */
    readonly consensus: string | null;
    /** All of the node's volumes that were removed. */
    readonly volumes: readonly string[];
    /** The network that only this node's parts were in. */
    readonly network: string | null;
  };
  /** The chain volume that stays, null when there is none (any more). */
  readonly keptVolume: string | null;
  /** All of the node's volumes that stay. */
  readonly keptVolumes: readonly string[];
  /** What bears a name of the node's parts and is somebody else's: it is left as it is. */
  readonly leftAlone: readonly ForeignPart[];
}

/**
 * Stops a node and removes its containers, and with the last node of a private chain its network; its volumes and its own
 * network only with `volumes` and a yes. Geth's container goes last of the containers and the chain last of the volumes:
 * whoever repeats a `down` that was cut off finds the node by them.
 */
export async function down(
  request: { readonly node: string | undefined; readonly volumes: boolean; readonly yes: boolean },
  world: World,
): Promise<DownReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const observed = await findNode(node, engine);
  const unfinished = findUnfinished(node, observed.leftovers);
  // Of a half import nothing is lost; what is half moved is the only copy of the spec.
  if (unfinished !== undefined && (!request.volumes || workOf(unfinished) === 'migrate')) refuseUnfinished(node, observed.leftovers);
  const { container, consensus, volume } = observed;
  const volumes = observed.volumes
    .map(({ name }) => name)
    .toSorted((one, other) => Number(one === volume?.name) - Number(other === volume?.name));
  const info = request.volumes ? await engine.info() : undefined;
  if (info !== undefined) await refuseUnreachable(observed.volumes, info.local, world);
  if (request.volumes && volumes.length > 0 && !request.yes) {
    if (!(await world.console.confirm(question(volumes), '--yes')))
      throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
  }
  const stop = container === undefined && consensus === undefined ? null : await stopNode(node, observed, world);
  await removeContainers(node, observed, engine);
  const chain = (presentSpec(container) ?? (volume && labelRecord(volume.labels)))?.custom?.private;
  if (chain !== undefined) await leaveChainNetwork(chain.genesis, engine);
  const network = request.volumes && chain === undefined && hasOwnNetwork(node, observed) ? nodeNetworkName(node) : null;
  if (network !== null) await engine.removeNetwork({ name: network, labels: { [LABEL_NODE]: node } });
  if (info !== undefined) {
    await removeHalfCopy(node, observed.volumes, info, world);
    for (const name of volumes) {
      const volume = observed.volumes.find((seen) => seen.name === name);
      if (volume !== undefined) await removePlace(volume, world);
      await engine.removeVolume(name);
    }
  }
  await removeIdleGuard(world);
  const removes = request.volumes ? volumes : [];
  return {
    node,
    stop,
    removed: {
      container: container?.name ?? null,
      volume: request.volumes ? (volume?.name ?? null) : null,
      consensus: consensus?.name ?? null,
      volumes: removes,
      network,
    },
    keptVolume: request.volumes ? null : (volume?.name ?? null),
    keptVolumes: request.volumes ? [] : volumes,
    leftAlone: observed.foreign.filter(
      ({ name }) => !isChainNetworkName(name) || (chain !== undefined && name === chainNetworkName(chain.genesis)),
    ),
  };
}

function question(volumes: readonly string[]): string {
  const which = volumes.length === 1 ? `the volume ${volumes[0]}` : `the volumes ${volumes.join(', ')}`;
  return `Remove ${which} and all chain data and keys in ${volumes.length === 1 ? 'it' : 'them'}?`;
}

async function removeContainers(node: string, { container, consensus, leftovers }: ObservedNode, engine: Engine): Promise<void> {
  const successors = [partNames(node).successor, consensusNames(node).successor];
  // A successor that runs is another nodectl's, which has just given the node a new container.
  for (const left of leftovers) await engine.removeContainer(left.id, { force: !successors.includes(left.name) });
  if (consensus !== undefined) await engine.removeContainer(consensus.name, { force: false });
  if (container !== undefined) await engine.removeContainer(container.name, { force: false });
}

/** Only what has a consensus client, or had one, has a network of its own; a private chain's parts are in the chain's. */
function hasOwnNetwork(node: string, { container, consensus, volumes, foreign }: ObservedNode): boolean {
  const own = nodeNetworkName(node);
  if (foreign.some(({ kind, name }) => kind === 'network' && name === own)) return false;
  if ([container, consensus].some((part) => part !== undefined && own in part.addresses)) return true;
  return volumes.some(({ name }) => name === consensusNames(node).volume);
}
