import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import type { ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import { noSuchNode } from './choose-node.ts';

/** What exists of a node; its volume and consensus client only where they are ours. NO_SUCH_NODE when there is neither container nor volume, NAME_TAKEN when the container is not ours. */
export async function findNode(name: string, engine: Engine): Promise<ObservedNode> {
  const names = partNames(name);
  const observed = await engine.observe({ name, container: names.container, volume: names.volume });
  const { container, consensus, volume, volumes, leftovers } = observed;
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `The container ${container.name} is not nodectl's; it is left alone.`, {
      hint: `Use docker itself for it: docker inspect ${container.name}.`,
    });
  }
  const beside = consensus?.labels[LABEL_NODE] === name ? consensus : undefined;
  const ours = volume?.labels[LABEL_NODE] === name ? volume : undefined;
  if (container === undefined && beside === undefined && volumes.length === 0 && leftovers.length === 0) {
    throw await noSuchNode(name, engine);
  }
  return { ...observed, consensus: beside, volume: ours };
}
