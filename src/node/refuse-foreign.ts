import { NodectlError } from '../errors.ts';
import type { ObservedContainer, ObservedNode } from '../ports/containers.ts';
import { LABEL_NODE } from './labels.ts';

/** NAME_TAKEN when a name of one of a node's parts is held by a container or volume without its label. */
export function refuseForeign(name: string, { container, consensus, volume }: ObservedNode): void {
  for (const part of [container, consensus]) refuseForeignContainer(name, part);
  if (volume === undefined) return;
  if (volume.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A volume named ${volume.name} exists that is not nodectl's; it is left alone.`);
  }
}

function refuseForeignContainer(name: string, container: ObservedContainer | undefined): void {
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A container named ${container.name} exists that is not nodectl's; it is left alone.`, {
      facts: { container: container.id.slice(0, 12), image: container.imageRef },
    });
  }
}
