import { sealRule } from '../geth-rules/mining-rules.ts';
import { compareVersions } from '../geth-version.ts';
import type { PrivateChain } from '../private-chain.ts';
import { isNumber } from './json-value.ts';
import type { Part } from './part.ts';
import type { ScheduledFork } from './scheduled-forks.ts';

/** Versions that understand all of a genesis, both ends included; `maximum` is open where no end is known. */
export interface GethRange {
  readonly minimum: string;
  readonly maximum: string | undefined;
}

export function gethRange(
  genesis: Part,
  config: Part,
  seal: PrivateChain['seal'],
  forks: readonly ScheduledFork[],
  blobs: ReadonlySet<string>,
): GethRange {
  const floors = ['1.9.25', ...forks.map(({ since }) => since)];
  if (seal === 'engine') {
    // 1.12.0 to 1.14.11 start a chain past the Merge only where the config says so in this word.
    floors.push(config.field('terminalTotalDifficultyPassed')?.flag() ? '1.10.23' : '1.14.12');
  }
  // 1.16 to 1.17.3 want an entry for osaka and amsterdam too.
  const wanted = forks.flatMap(({ key }) => (key === 'osakaTime' ? ['osaka'] : []));
  if (wanted.some((name) => !blobs.has(name))) floors.push('1.17.5');
  // Older ones read these fields in quotes only.
  if (['nonce', 'timestamp', 'gasLimit', 'difficulty', 'baseFeePerGas'].some((key) => isNumber(genesis.field(key)?.value ?? null)))
    floors.push('1.11.6');
  return { minimum: floors.reduce((a, b) => (compareVersions(a, b) < 0 ? b : a)), maximum: sealRule(seal).until };
}
