import type { PrivateChain } from '../../../src/node/private-chain.ts';
import type { NetworkProfile } from '../../../src/node/profile.ts';
import { OFFICE } from '../make-node.ts';

/** Private networks of every kind, as their genesis makes them. */

const chain: PrivateChain = { genesis: 'd1'.repeat(32), seal: 'clique', period: 1, bootnodes: [], staticPeers: [], beacon: null };

export const CLIQUE: NetworkProfile = {
  ...OFFICE,
  syncmodes: ['full', 'snap', 'archive', 'fast', 'light'],
  private: chain,
};
export const ETHASH: NetworkProfile = {
  ...CLIQUE,
  name: 'proof-of-work',
  geth: { ...CLIQUE.geth, pinned: '1.11.6' },
  private: { ...chain, seal: 'ethash', period: null },
};
export const ENGINE: NetworkProfile = {
  ...CLIQUE,
  name: 'merged',
  consensus: 'required',
  geth: { pinned: '1.17.8', minimum: '1.14.12', refused: [] },
  syncmodes: ['full', 'snap', 'archive'],
  private: { ...chain, seal: 'engine', period: null },
};
