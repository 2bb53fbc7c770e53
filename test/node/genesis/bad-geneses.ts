import { cliqueGenesis, ethashGenesis, mergedGenesis } from '../../genesis-files.ts';

const A = `0x${'a1'.repeat(20)}`;
const CLIQUE = cliqueGenesis({ signers: [A] });
const ETHASH = ethashGenesis();
const MERGED = mergedGenesis({ fork: 'osaka' });

type Tree = Record<string, unknown>;

/** The genesis text with some keys of the top level, or of `config`, changed; undefined leaves one out. */
export function changed(text: string, top: Tree, config: Tree = {}): string {
  const tree = JSON.parse(text) as Tree;
  return JSON.stringify({ ...tree, config: { ...(tree.config as Tree), ...config }, ...top });
}

const account = (fields: unknown, address: string = A) => changed(CLIQUE, { alloc: { [address]: fields } });
const chainId = (value: unknown) => changed(CLIQUE, {}, { chainId: value });

/** What nodectl refuses and geth refuses too (`geth init`, or the node's start). */
export const BAD: Readonly<Record<string, string>> = {
  'a chainId in quotes': chainId('4711'),
  'a chainId that is a fraction': chainId(1.5),
  'no gasLimit': changed(CLIQUE, { gasLimit: undefined }),
  'no difficulty': changed(CLIQUE, { difficulty: undefined }),
  'a difficulty that is no number': changed(CLIQUE, { difficulty: 'hard' }),
  'a difficulty of 257 bits': changed(CLIQUE, { difficulty: `0x1${'0'.repeat(64)}` }),
  'a gasLimit of 65 bits': changed(CLIQUE, { gasLimit: '0x10000000000000000' }),
  'a timestamp that is a list': changed(CLIQUE, { timestamp: [] }),
  'a nonce that is an object': changed(CLIQUE, { nonce: {} }),
  'a block number above 0': changed(CLIQUE, { number: '0x1' }),
  'a short mixHash': changed(CLIQUE, { mixHash: '0x00' }),
  'a coinbase without 0x': changed(CLIQUE, { coinbase: 'a1'.repeat(20) }),
  'extraData of odd length': changed(CLIQUE, { extraData: '0x123' }),
  'no alloc': changed(CLIQUE, { alloc: undefined }),
  'an alloc that is a list': changed(CLIQUE, { alloc: [] }),
  'an address of 19 bytes': account({ balance: '1' }, `0x${'a1'.repeat(19)}`),
  'an address that is not hexadecimal': account({ balance: '1' }, `0x${'g1'.repeat(20)}`),
  'an account without balance': account({}),
  'an account that is a number': account(5),
  'a balance of 257 bits': account({ balance: `0x1${'0'.repeat(64)}` }),
  'a balance in ether': account({ balance: '1.5' }),
  'code without 0x': account({ balance: '0', code: '6000' }),
  'a storage slot of 33 bytes': account({ balance: '0', storage: { [`0x${'00'.repeat(33)}`]: '0x01' } }),
  'a storage word that is a number': account({ balance: '0', storage: { '0x01': 1 } }),
  'a clique chain without signers': changed(CLIQUE, { extraData: '0x' }),
  'a period in quotes': changed(CLIQUE, {}, { clique: { period: '1', epoch: 30_000 } }),
  'a fork in quotes': changed(CLIQUE, {}, { londonBlock: '0' }),
  'a fork below 0 by time': changed(MERGED, {}, { shanghaiTime: -1 }),
  'a fork without the one before': changed(CLIQUE, {}, { byzantiumBlock: undefined }),
  'a fork before the one before': changed(CLIQUE, {}, { istanbulBlock: 5 }),
  'an optional fork before the one before': changed(CLIQUE, {}, { istanbulBlock: 5, muirGlacierBlock: 4, berlinBlock: 6, londonBlock: 7 }),
  'a fork by time before the one before': changed(MERGED, {}, { shanghaiTime: 9, cancunTime: 8, pragueTime: 10, osakaTime: 11 }),
  'forks by time without those by block': changed(MERGED, {}, { londonBlock: undefined }),
  'cancun without its blobs': changed(MERGED, {}, { blobSchedule: undefined }),
  'prague without its blobs': changed(MERGED, {}, { blobSchedule: { cancun: { target: 3, max: 6, baseFeeUpdateFraction: 1 } } }),
  'blobs without a fraction': changed(MERGED, {}, { blobSchedule: { cancun: { target: 3, max: 6 } } }),
};

/** What nodectl refuses though some geth takes it, since the chain could not go on, would be another one in other versions, or clashes. */
export const STRICTER: Readonly<Record<string, string>> = {
  'no config': changed(CLIQUE, { config: undefined }),
  'no chainId': chainId(undefined),
  'a chainId of 0': chainId(0),
  'a negative chainId': chainId(-5),
  'a chainId beyond 2^53': CLIQUE.replace('4711', '9007199254740993'),
  'the chainId of mainnet': chainId(1),
  'the chainId of Sepolia': chainId(11_155_111),
  'the chainId of Hoodi': chainId(560_048),
  'the chainId of Holesky': chainId(17_000),
  'the chainId of Goerli': chainId(5),
  'a gasLimit that no block can have': changed(CLIQUE, { gasLimit: '0x1' }),
  'a negative balance': account({ balance: '-5' }),
  'a negative block': changed(CLIQUE, {}, { londonBlock: -1 }),
  'an account twice': CLIQUE.replace('"alloc":{}', `"alloc":{"${A}":{"balance":"1"},"${A.slice(2).toUpperCase()}":{"balance":"2"}}`),
  'a key twice': CLIQUE.replace('"chainId":4711', '"chainId":4711,"chainId":4712'),
  'a key of geth in two spellings': CLIQUE.replace('"chainId":4711', '"chainId":4711,"chainID":4712'),
  'both clique and ethash': changed(CLIQUE, {}, { ethash: {} }),
  'clique extraData of a broken length': changed(CLIQUE, { extraData: `0x${'00'.repeat(32 + 19 + 65)}` }),
  'clique extraData without a signer': changed(CLIQUE, { extraData: `0x${'00'.repeat(32 + 65)}` }),
  'clique with shanghai': changed(CLIQUE, {}, { shanghaiTime: 0 }),
  'ethash with shanghai': changed(ETHASH, {}, { shanghaiTime: 0 }),
  'a Merge to come': changed(CLIQUE, {}, { terminalTotalDifficulty: 1000 }),
  'a Merge to come at a number beyond doubles': ETHASH.replace('"ethash"', '"terminalTotalDifficulty":58750000000000000000000,"ethash"'),
  'a Merge that passed at no difficulty': changed(CLIQUE, {}, { terminalTotalDifficultyPassed: true }),
  'an experiment of geth': changed(MERGED, {}, { verkleTime: 0 }),
  'what follows after its end': `${CLIQUE}{}`,
};
