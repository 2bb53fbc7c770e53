import { NodectlError } from '../errors.ts';
import type { NetworkSpec, ObservedContainer, ObservedNode } from '../ports/containers.ts';
import { LABEL_NODE } from './labels.ts';
import { isChainNetworkName } from './names.ts';

/** NAME_TAKEN when a name of one of a node's parts is held by a container or volume without its label. */
export function refuseForeign(name: string, { container, consensus, foreign }: ObservedNode): void {
  for (const part of [container, consensus]) refuseForeignContainer(name, part);
  const volume = foreign.find(({ kind }) => kind === 'volume');
  if (volume === undefined) return;
  throw new NodectlError('NAME_TAKEN', `A volume named ${volume.name} exists that is not nodectl's; it is left alone.`, {
    hint: `Choose another --name, or, where nothing needs what it holds, remove it yourself: \`docker volume rm ${volume.name}\`.`,
  });
}

/** NAME_TAKEN when the network that a node's parts, or the nodes of its private chain, shall share, and nobody else, is somebody else's. */
export function refuseForeignNetwork(network: NetworkSpec | undefined, { foreign }: Pick<ObservedNode, 'foreign'>): void {
  if (network === undefined || !foreign.some(({ kind, name }) => kind === 'network' && name === network.name)) return;
  const { name } = network;
  // That of a chain is named by its genesis, whatever a node is called.
  const other = isChainNetworkName(name) ? 'Where' : 'Choose another --name, or, where';
  throw new NodectlError('NAME_TAKEN', `A network named ${name} exists that is not nodectl's; it is left alone.`, {
    hint: `${other} nothing needs it, remove it yourself: \`docker network rm ${name}\`.`,
  });
}

function refuseForeignContainer(name: string, container: ObservedContainer | undefined): void {
  if (container !== undefined && container.labels[LABEL_NODE] !== name) {
    throw new NodectlError('NAME_TAKEN', `A container named ${container.name} exists that is not nodectl's; it is left alone.`, {
      facts: { container: container.id.slice(0, 12), image: container.imageRef },
    });
  }
}
