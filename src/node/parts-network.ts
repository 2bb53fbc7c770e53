import type { NetworkSpec } from '../ports/containers.ts';
import { chainNetwork, nodeNetwork } from './chain-network.ts';
import type { NodeSpec } from './spec.ts';

/**
 * The engine's network that a node's parts are in: that of its private chain, which its other nodes share, or one of its own
 * where a consensus client must reach geth's engine API and nobody else shall; undefined where the node needs none.
 */
export function partsNetwork(node: string, spec: NodeSpec, nodectlVersion: string): NetworkSpec | undefined {
  if (spec.light !== null) return undefined;
  const chain = spec.custom?.private;
  if (chain !== undefined) return chainNetwork(spec.network, chain, nodectlVersion);
  if (spec.consensus?.kind !== 'client') return undefined;
  return nodeNetwork(node, spec.network, nodectlVersion);
}
