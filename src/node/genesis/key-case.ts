import { FORKS } from './forks.ts';
import { isObject, type JsonObject } from './json-value.ts';
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

/**
 * A genesis with geth's own spelling of its keys: geth takes them in any case, as its own tutorial's "extradata".
 * INVALID_GENESIS for a key that is there in two spellings, of which each reader would take another.
 */
export function spelledGenesis(part: Part): Part {
  const genesis = new Map(spelled(part, GENESIS));
  const config = genesis.get('config');
  if (config !== undefined && isObject(config)) genesis.set('config', spelled(part.of('config', config), CONFIG));
  const alloc = genesis.get('alloc');
  if (alloc !== undefined && isObject(alloc)) genesis.set('alloc', spelledAlloc(part.of('alloc', alloc), alloc));
  return part.as(genesis);
}

function spelledAlloc(part: Part, alloc: JsonObject): JsonObject {
  return new Map(
    [...alloc].map(([address, account]) => [address, isObject(account) ? spelled(part.of(address, account), ACCOUNT) : account]),
  );
}

function spelled(part: Part, known: ReadonlyMap<string, string>): JsonObject {
  const object = part.object();
  const own = [...object.keys()].map((key) => known.get(fold(key)) ?? key);
  if (new Set(own).size < own.length) {
    const twice = own.find((key, at) => own.indexOf(key) < at) ?? '';
    throw part.refuse(`the key ${JSON.stringify(twice)} is there in two spellings.`);
  }
  return new Map([...object.values()].map((value, at) => [own[at] ?? '', value]));
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
