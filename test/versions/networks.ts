import { createHash } from 'node:crypto';
import { privateNetwork } from '../../src/node/genesis/private-network.ts';
import { readGenesis } from '../../src/node/genesis/read-genesis.ts';
import type { NetworkProfile } from '../../src/node/profile.ts';
import { cliqueGenesis, ethashGenesis, mergedGenesis } from '../genesis-files.ts';
import { profileOf } from '../node/make-node.ts';

/** The account of the private key 1, which everybody knows. */
export const SEALER = '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf';
export const SEALER_KEY = `${'0'.repeat(63)}1`;

/** A kind of network, and what a real geth shows of it. */
export interface TestedNetwork {
  readonly title: string;
  readonly profile: NetworkProfile;
  /** Of a private chain. */
  readonly genesis: string | undefined;
  /** The last fork of a public network: a geth without it in its own configuration leaves the chain there. */
  readonly lastFork: string | undefined;
  /** The genesis hash, as geth shortens it, where an older geth makes another one. */
  readonly genesisHash: string | undefined;
}

export const NETWORKS: readonly TestedNetwork[] = [
  known('mainnet', 'bpo2Time'),
  known('sepolia', 'amsterdamTime'),
  known('hoodi', 'bpo2Time'),
  known('dev', undefined),
  owned('private clique', cliqueGenesis({ signers: [SEALER], forks: 'istanbul' }), undefined),
  owned('private ethash', ethashGenesis(), '8bf9d6..9da4b9'),
  owned('private post-merge', mergedGenesis(), 'c48efa..d85a69'),
];

function known(name: string, lastFork: string | undefined): TestedNetwork {
  return { title: name, profile: profileOf(name), genesis: undefined, lastFork, genesisHash: undefined };
}

function owned(title: string, genesis: string, genesisHash: string | undefined): TestedNetwork {
  const read = readGenesis('genesis.json', genesis, (text) => createHash('sha256').update(text).digest('hex'));
  return { title, profile: privateNetwork(title.replace(' ', '-'), read, undefined), genesis, lastFork: undefined, genesisHash };
}
