import type { World } from '../ports.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { type StopReport, stopContainer } from './stop-node.ts';

/** Stops a node and keeps its container and volume. */
export async function stop(request: { readonly node: string | undefined }, world: World): Promise<StopReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const { container } = await findNode(node, engine);
  if (container === undefined) throw await noSuchNode(node, engine);
  return stopContainer(node, container, world);
}
