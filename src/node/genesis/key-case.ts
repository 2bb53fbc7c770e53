import { FORKS } from './forks.ts';
import type { Part } from './part.ts';

const GENESIS_KEYS = [
  ...['config', 'nonce', 'timestamp', 'extraData', 'gasLimit', 'difficulty', 'mixHash', 'coinbase', 'alloc', 'number', 'gasUsed'],
  ...['parentHash', 'baseFeePerGas', 'excessBlobGas', 'blobGasUsed', 'slotNumber'],
];
const CONFIG_KEYS = [
  ...['chainId', 'daoForkSupport', 'eip150Hash', 'terminalTotalDifficulty', 'terminalTotalDifficultyPassed', 'depositContractAddress'],
  ...['ethash', 'clique', 'blobSchedule', 'verkleTime', 'ubtTime', 'enableVerkleAtGenesis', 'enableUBTAtGenesis'],
  ...FORKS.map(({ key }) => key),
];
const ACCOUNT_KEYS = ['balance', 'nonce', 'code', 'storage'];

/** Refuses a key that differs from one of geth's in upper and lower case alone: geth takes it for that key, other readers do not. */
export function checkKeyCase(part: Part, of: 'genesis' | 'config' | 'account'): void {
  const known = { genesis: GENESIS, config: CONFIG, account: ACCOUNT }[of];
  for (const key of part.object().keys()) {
    const meant = known.get(fold(key));
    if (meant !== undefined && meant !== key) throw part.refuse(`the key ${JSON.stringify(key)} must be written ${JSON.stringify(meant)}.`);
  }
}

const GENESIS = folded(GENESIS_KEYS);
const CONFIG = folded(CONFIG_KEYS);
const ACCOUNT = folded(ACCOUNT_KEYS);

function folded(keys: readonly string[]): ReadonlyMap<string, string> {
  return new Map(keys.map((key) => [fold(key), key]));
}

/** As encoding/json of Go compares keys: the long s and the sign of Kelvin are letters to it. */
function fold(key: string): string {
  return key.slice(0, 60).toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
}
