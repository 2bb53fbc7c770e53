import type { NetworkSpec } from '../ports/containers.ts';
import { LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from './labels.ts';
import { chainNetworkName, isChainNetworkName, nodeNetworkName } from './names.ts';
import type { PrivateChain } from './private-chain.ts';

/** The engine's network that the nodes of a private chain share; `network` is the name of their network. */
export function chainNetwork(network: string, chain: PrivateChain, nodectlVersion: string): NetworkSpec {
  return {
    name: chainNetworkName(chain.genesis),
    labels: { [LABEL_ROLE]: 'network', [LABEL_NETWORK]: network, [LABEL_VERSION]: nodectlVersion },
  };
}

/** The engine's network of one node, for its own parts alone. */
export function nodeNetwork(node: string, network: string, nodectlVersion: string): NetworkSpec {
  return {
    name: nodeNetworkName(node),
    labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'network', [LABEL_NETWORK]: network, [LABEL_VERSION]: nodectlVersion },
  };
}

/** Whether an engine's network is somebody else's under the name of a node's own, or of any private chain's. */
export function isForeignNetwork(node: string, { name, labels }: NetworkSpec): boolean {
  if (name === nodeNetworkName(node)) return labels[LABEL_NODE] !== node;
  // A node's own network may bear such a name, too: it has the label of its node, and a chain's has not.
  return isChainNetworkName(name) && (labels[LABEL_ROLE] !== 'network' || labels[LABEL_NODE] !== undefined);
}
