import { NodectlError } from '../errors.ts';
import type { ObservedNode } from '../ports/containers.ts';
import { LABEL_NODE } from './labels.ts';

/** NAME_TAKEN when a node's name is held by a container or volume without its label. */
export function refuseForeign(name: string, { container, volume }: ObservedNode): void {
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A container named ${container.name} exists that is not nodectl's; it is left alone.`, {
      facts: { container: container.id.slice(0, 12), image: container.imageRef },
    });
  }
  if (volume === undefined) return;
  if (volume.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A volume named ${volume.name} exists that is not nodectl's; it is left alone.`);
  }
}
