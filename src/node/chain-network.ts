import type { NetworkSpec } from '../ports/containers.ts';
import { LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_VERSION } from './labels.ts';
import { chainNetworkName, nodeNetworkName } from './names.ts';
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
