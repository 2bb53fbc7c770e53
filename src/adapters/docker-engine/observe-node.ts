import { LABEL_NODE } from '../../node/labels.ts';
import type { ObservedNode } from '../../ports/containers.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containersWithLabel } from './container-summary.ts';
import { inspectContainer } from './containers.ts';
import { inspectVolume } from './volumes.ts';

/** Container, volume and leftovers of one node, asked at the same time. */
export async function observeNode(connection: Connection, node: Parameters<Engine['observe']>[0]): Promise<ObservedNode> {
  const [container, volume, labelled] = await Promise.all([
    inspectContainer(connection, node.container),
    inspectVolume(connection, node.volume),
    containersWithLabel(connection, `${LABEL_NODE}=${node.name}`),
  ]);
  return { container, volume, leftovers: labelled.filter((found) => found.name !== node.container) };
}
