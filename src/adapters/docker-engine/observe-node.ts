import { LABEL_NODE } from '../../node/labels.ts';
import { consensusNames } from '../../node/names.ts';
import type { ObservedNode } from '../../ports/containers.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containersWithLabel } from './container-summary.ts';
import { inspectContainer } from './containers.ts';
import { inspectVolume, volumesWithLabel } from './volumes.ts';

/** Containers, volumes and leftovers of one node, asked at the same time. */
export async function observeNode(connection: Connection, node: Parameters<Engine['observe']>[0]): Promise<ObservedNode> {
  const label = `${LABEL_NODE}=${node.name}`;
  const beside = consensusNames(node.name).container;
  const [container, consensus, volume, volumes, labelled] = await Promise.all([
    inspectContainer(connection, node.container),
    inspectContainer(connection, beside),
    inspectVolume(connection, node.volume),
    volumesWithLabel(connection, label),
    containersWithLabel(connection, label),
  ]);
  return { container, consensus, volume, volumes, leftovers: labelled.filter(({ name }) => name !== node.container && name !== beside) };
}
