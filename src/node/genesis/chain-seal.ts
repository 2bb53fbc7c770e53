import type { PrivateChain } from '../private-chain.ts';
import type { Part } from './part.ts';
import type { ScheduledFork } from './scheduled-forks.ts';

const VANITY = 32;
const SIGNATURE = 65;
const ADDRESS = 20;

/** Who makes a chain's blocks, and how often (seconds; null where nobody here decides that). */
export type ChainSeal = Pick<PrivateChain, 'seal' | 'period'>;

/**
 * From a genesis: one that is past the Merge from its first block on is `engine`, else it is clique's or ethash's. A chain
 * that would come to the Merge later is INVALID_GENESIS: only geth 1.13 could take it across, with a consensus client.
 */
export function chainSeal(genesis: Part, config: Part, difficulty: bigint, forks: readonly ScheduledFork[]): ChainSeal {
  const clique = config.field('clique');
  const ethash = config.field('ethash');
  ethash?.object();
  if (clique !== undefined && ethash !== undefined) throw config.refuse('has both clique and ethash; a chain is sealed by one.');
  const period = clique?.field('period')?.plainNumber(2n ** 31n);
  clique?.field('epoch')?.plainNumber(2n ** 64n - 1n);
  const signed = clique === undefined ? 0 : checkSigners(genesis);
  if (isMerged(config, difficulty)) return { seal: 'engine', period: null };
  const late = forks.find(({ by }) => by === 'time');
  if (late !== undefined) {
    throw config.refuse(
      `${late.key} belongs to chains past the Merge, and this one is sealed by ${clique === undefined ? 'ethash' : 'clique'}.`,
      `Leave ${late.key} and later forks out, or write "terminalTotalDifficulty": 0 for a chain that a consensus client drives.`,
    );
  }
  return signed > 0 ? { seal: 'clique', period: Number(period ?? 0n) } : { seal: 'ethash', period: null };
}

function isMerged(config: Part, difficulty: bigint): boolean {
  const passed = config.field('terminalTotalDifficultyPassed')?.flag() ?? false;
  const terminal = config.field('terminalTotalDifficulty')?.plainNumber(2n ** 256n - 1n);
  if (terminal === undefined) {
    if (passed)
      throw config.refuse('terminalTotalDifficultyPassed needs terminalTotalDifficulty.', 'Write "terminalTotalDifficulty": 0 too.');
    return false;
  }
  if (terminal <= difficulty) return true;
  throw config.refuse(
    `terminalTotalDifficulty is ${terminal} and the genesis has a difficulty of ${difficulty}: the chain would have to change its way of sealing, which geth 1.14 and later cannot do.`,
    'Write "terminalTotalDifficulty": 0 for a chain past the Merge, or leave it out for clique or ethash.',
  );
}

/** How many signers the first block of a clique chain names. */
function checkSigners(genesis: Part): number {
  const extra = genesis.required('extraData', 'the signers of a clique chain there');
  const bytes = extra.bytes();
  const signers = (bytes - VANITY - SIGNATURE) / ADDRESS;
  if (Number.isInteger(signers) && signers >= 1) return signers;
  throw extra.refuse(
    `has ${bytes} bytes; a clique chain has ${VANITY} of any kind, ${ADDRESS} for each signer, at least one, and ${SIGNATURE} zero bytes.`,
  );
}
