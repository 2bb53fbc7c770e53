import type { NodeSpec } from './spec.ts';

/**
 * Whose blocks a node follows, which decides what an old head and missing peers mean: `alone` has no peers at all (dev),
 * `sealing` makes blocks among others, `sealed` follows sealers or miners that may rest, `consensus` follows a chain with slots.
 */
export type Company = 'alone' | 'sealing' | 'sealed' | 'consensus';

/** geth's own dev chain, where the label cannot be read. */
const DEV_CHAIN = 1337;

/** From a node's spec, or, where that cannot be read, from the chain id that it answered with. */
export function companyOf(spec: NodeSpec | undefined, answeredChain: number | undefined): Company {
  if (spec === undefined) return answeredChain === DEV_CHAIN ? 'alone' : 'consensus';
  const chain = spec.custom?.private;
  if (chain === undefined) return spec.ports.p2p === null ? 'alone' : 'consensus';
  if (chain.seal === 'engine') return 'consensus';
  return spec.mining === null ? 'sealed' : 'sealing';
}
