import type { World } from '../ports.ts';
import { chooseNode, noSuchNode } from './choose-node.ts';
import { findNode } from './find-node.ts';
import { type StopReport, stopNode } from './stop-node.ts';

/** Stops a node's parts and keeps their containers and volumes. */
export async function stop(request: { readonly node: string | undefined }, world: World): Promise<StopReport> {
  const engine = await world.engine();
  const node = await chooseNode(request.node, engine);
  const observed = await findNode(node, engine);
  if (observed.container === undefined && observed.consensus === undefined) throw await noSuchNode(node, engine);
  return stopNode(node, observed, world);
}
