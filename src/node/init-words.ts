import { DATA_DIRECTORY, GENESIS_FILE } from './container-paths.ts';
import { databaseWords } from './geth-rules/durability.ts';
import { hasFlag } from './geth-rules/flag-versions.ts';
import type { NodeSpec } from './spec.ts';

/** The words of `geth init` for a private chain: on a new volume it writes the genesis, on one that has it, nothing. */
export function initWords({ geth, scheme, custom }: NodeSpec): readonly string[] {
  const keeps = scheme !== null && hasFlag('state.scheme', geth) ? ['--state.scheme', scheme] : [];
  // The database is made here, and the node's own word for its engine must be the same.
  const engine = custom === null ? [] : databaseWords(geth, custom, scheme);
  return ['init', '--datadir', DATA_DIRECTORY, ...keeps, ...engine, `${DATA_DIRECTORY}/${GENESIS_FILE}`];
}
