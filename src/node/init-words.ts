import { DATA_DIRECTORY, GENESIS_FILE } from './container-paths.ts';
import { inRange } from './geth-version.ts';
import type { NodeSpec } from './spec.ts';

/** The words of `geth init` for a private chain: on a new volume it writes the genesis, on one that has it, nothing. */
export function initWords({ geth, scheme }: NodeSpec): readonly string[] {
  const keeps = scheme !== null && inRange(geth, { since: '1.13.0' }) ? ['--state.scheme', scheme] : [];
  return ['init', '--datadir', DATA_DIRECTORY, ...keeps, `${DATA_DIRECTORY}/${GENESIS_FILE}`];
}
