import { isForeignNetwork } from '../../node/chain-network.ts';
import { LABEL_NODE } from '../../node/labels.ts';
import { CHAIN_NETWORK, consensusNames, nodeNetworkName, secretVolume } from '../../node/names.ts';
import type { ForeignPart, ObservedNode } from '../../ports/containers.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containersWithLabel } from './container-summary.ts';
import { inspectContainer } from './containers.ts';
import { networksLike } from './networks.ts';
import { inspectVolume, volumesNamed, volumesWithLabel } from './volumes.ts';

/** Containers, volumes and leftovers of one node, and what is there under its names without being its own, asked at the same time. */
export async function observeNode(connection: Connection, node: Parameters<Engine['observe']>[0]): Promise<ObservedNode> {
  const label = `${LABEL_NODE}=${node.name}`;
  const { container: beside, volume: database } = consensusNames(node.name);
  const [container, consensus, volume, volumes, labelled, further, networks] = await Promise.all([
    inspectContainer(connection, node.container),
    inspectContainer(connection, beside),
    inspectVolume(connection, node.volume),
    volumesWithLabel(connection, label),
    containersWithLabel(connection, label),
    volumesNamed(connection, [database, secretVolume(node.name)]),
    networksLike(connection, [nodeNetworkName(node.name), CHAIN_NETWORK]),
  ]);
  const leftovers = labelled.filter(({ name }) => name !== node.container && name !== beside);
  const foreign: ForeignPart[] = [
    ...[...(volume === undefined ? [] : [volume]), ...further]
      .filter(({ labels }) => labels[LABEL_NODE] !== node.name)
      .map(({ name }) => ({ kind: 'volume' as const, name })),
    ...networks
      .filter(({ Name: name, Labels: labels }) => isForeignNetwork(node.name, { name, labels: labels ?? {} }))
      .map(({ Name: name }) => ({ kind: 'network' as const, name })),
  ];
  return { container, consensus, volume, volumes, leftovers, foreign };
}
