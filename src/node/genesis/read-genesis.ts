import { checkAlloc } from './alloc.ts';
import { blobSchedule } from './blob-schedule.ts';
import { canonicalGenesis } from './canonical-json.ts';
import { chainSeal } from './chain-seal.ts';
import type { Genesis } from './genesis.ts';
import { gethRange } from './geth-range.ts';
import { isObject } from './json-value.ts';
import { spelledGenesis } from './key-case.ts';
import { knownChain } from './known-chains.ts';
import { parseJson } from './parse-json.ts';
import { Part, refuseGenesis } from './part.ts';
import { scheduledForks } from './scheduled-forks.ts';

/** Reads and judges a genesis file as geth does, before geth does. `digest` is SHA-256, hex. INVALID_GENESIS with the first thing that is wrong. */
export function readGenesis(path: string, text: string, digest: (text: string) => string): Genesis {
  if (text.startsWith('\ufeff'))
    throw refuseGenesis(path, 'begins with a byte order mark, which geth does not read.', 'Save it as UTF-8 without one.');
  const parsed = parseJson(text);
  if ('problem' in parsed) throw refuseGenesis(path, `is not JSON: ${parsed.problem} (line ${parsed.line}).`);
  if (!isObject(parsed.value)) throw refuseGenesis(path, 'is JSON, but no object; a genesis is {"config": {…}, "alloc": {…}, …}.');
  const genesis = spelledGenesis(new Part(path, '', parsed.value));
  const config = genesis.required('config', 'the rules of the chain there');
  const chainId = readChainId(config);
  const forks = scheduledForks(config);
  const difficulty = checkHeader(genesis);
  config.field('daoForkSupport')?.flag();
  config.field('depositContractAddress')?.bytes(20);
  const { seal, period } = chainSeal(genesis, config, difficulty, forks);
  const blobs = blobSchedule(config, forks);
  checkAlloc(genesis.required('alloc', 'a map of accounts, {} for none'));
  const range = gethRange(genesis, config, seal, forks, blobs);
  return {
    text,
    digest: digest(canonicalGenesis(genesis.value)),
    ...{ chainId, seal, period },
    forks: forks.map(({ key }) => key),
    minimumGeth: range.minimum,
    maximumGeth: range.maximum,
  };
}

function readChainId(config: Part): number {
  const part = config.required('chainId', 'a number of your own choice');
  const chainId = Number(part.plainNumber(BigInt(Number.MAX_SAFE_INTEGER)));
  if (chainId === 0) throw part.refuse('must be at least 1.');
  const known = knownChain(chainId);
  if (known === undefined) return chainId;
  throw part.refuse(
    `${chainId} would be mistaken for ${known}: transactions signed for one are valid on the other.`,
    'Choose another chainId, for instance a large random number.',
  );
}

/** Judges the fields of the first block and gives its difficulty. */
function checkHeader(genesis: Part): bigint {
  for (const key of ['nonce', 'timestamp', 'gasUsed', 'excessBlobGas', 'blobGasUsed', 'slotNumber']) genesis.field(key)?.quantity(64);
  genesis.field('baseFeePerGas')?.quantity(256);
  genesis.field('extraData')?.bytes();
  genesis.field('mixHash')?.bytes(32);
  genesis.field('parentHash')?.bytes(32);
  genesis.field('coinbase')?.bytes(20);
  const number = genesis.field('number');
  if (number !== undefined && number.quantity(64) !== 0n) throw number.isNot('0');
  const gasLimit = genesis.required('gasLimit', 'a number such as "0x1c9c380"');
  const gas = gasLimit.quantity(64);
  // params.MinGasLimit and MaxGasLimit: no block could follow.
  if (gas < 5_000n || gas >= 2n ** 63n) throw gasLimit.isNot('from 5000 to 2^63 - 1');
  return genesis.required('difficulty', 'a number such as "0x1"').quantity(256);
}
