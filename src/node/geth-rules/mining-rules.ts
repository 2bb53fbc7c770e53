import { DATA_DIRECTORY, PASSWORD_FILE } from '../container-paths.ts';
import type { PrivateChain } from '../private-chain.ts';

type Seal = PrivateChain['seal'];

interface SealRow {
  readonly seal: Seal;
  /** The newest geth that makes, and follows, such blocks; undefined = every later one follows them, and none makes them. */
  readonly until: string | undefined;
  /** Why no later one does, or why none makes them. */
  readonly reason: string;
}

/** Who can make, and follow, the blocks of a private chain (CreateConsensusEngine in eth/ethconfig/config.go of each tag). */
export const SEAL_RULES: readonly SealRow[] = [
  { seal: 'clique', until: '1.13.15', reason: 'geth 1.14 and later run only chains that begin after the Merge' },
  { seal: 'ethash', until: '1.11.6', reason: 'geth 1.12 and later have no proof of work' },
  { seal: 'engine', until: undefined, reason: 'its blocks come from a consensus client, over the engine API' },
];

export function sealRule(seal: Seal): SealRow {
  return SEAL_RULES.find((rule) => rule.seal === seal) ?? { seal, until: undefined, reason: 'it is not known who makes its blocks' };
}

/**
 * The words by which a node makes blocks. Clique signs with an account whose password lies in the volume; ethash mines
 * only when it is given threads, and keeps its gigabyte of data set beside the chain, as the root is read-only.
 */
export function miningWords(seal: Seal, etherbase: string): readonly string[] {
  const mine = ['--mine', '--miner.etherbase', etherbase];
  if (seal === 'ethash') return [...mine, '--miner.threads', '1', '--ethash.dagdir', `${DATA_DIRECTORY}/geth/ethash-dag`];
  return [...mine, '--unlock', etherbase, '--password', `${DATA_DIRECTORY}/${PASSWORD_FILE}`, '--allow-insecure-unlock'];
}
