import { NodectlError } from '../errors.ts';
import type { ObservedNode } from '../ports/containers.ts';
import { LABEL_NETWORK, LABEL_NODE } from './labels.ts';

/** NAME_TAKEN when a node's name is held by a container or volume without its label; USAGE when its volume holds another chain. */
export function refuseForeign(name: string, network: string, { container, volume }: ObservedNode): void {
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A container named ${container.name} exists that is not nodectl's; it is left alone.`, {
      facts: { container: container.id.slice(0, 12), image: container.imageRef },
    });
  }
  if (volume === undefined) return;
  if (volume.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A volume named ${volume.name} exists that is not nodectl's; it is left alone.`);
  }
  const holds = volume.labels[LABEL_NETWORK];
  if (holds !== undefined && holds !== network) {
    throw new NodectlError('USAGE', `The volume of ${name} holds the chain of ${holds}, not of ${network}.`, {
      hint: `Use another --name, or remove that chain with \`nodectl down ${name} --volumes\`.`,
    });
  }
}
