import SYSTEM_CONTRACTS from './fixtures/system-contracts.json' with { type: 'json' };

type Alloc = Readonly<Record<string, { readonly balance: string; readonly [field: string]: unknown }>>;

interface ChainOptions {
  readonly chainId?: number;
  readonly alloc?: Alloc;
}

const UP_TO_ISTANBUL = {
  ...{ homesteadBlock: 0, eip150Block: 0, eip155Block: 0, eip158Block: 0 },
  ...{ byzantiumBlock: 0, constantinopleBlock: 0, petersburgBlock: 0, istanbulBlock: 0 },
};

const CANCUN_BLOBS = { target: 3, max: 6, baseFeeUpdateFraction: 3_338_477 };
const PRAGUE_BLOBS = { target: 6, max: 9, baseFeeUpdateFraction: 5_007_716 };

/** The text of a genesis whose blocks `signers` (addresses with 0x) make: geth 1.10.6 to 1.13.15, or 1.9.25 to 1.13.15 with `forks: 'istanbul'`. */
export function cliqueGenesis(
  options: ChainOptions & { readonly signers: readonly string[]; readonly period?: number; readonly forks?: 'istanbul' | 'london' },
): string {
  const { chainId = 4711, signers, period = 1, forks = 'london', alloc = {} } = options;
  const addresses = signers.map((signer) => signer.toLowerCase().replace(/^0x/, '')).sort();
  const later = forks === 'london' ? { berlinBlock: 0, londonBlock: 0 } : {};
  return JSON.stringify({
    config: { chainId, ...UP_TO_ISTANBUL, ...later, clique: { period, epoch: 30_000 } },
    difficulty: '0x1',
    gasLimit: '0x1c9c380',
    extraData: `0x${'00'.repeat(32)}${addresses.join('')}${'00'.repeat(65)}`,
    alloc,
  });
}

/** The text of a genesis that miners continue: geth 1.10.6 to 1.11.6. */
export function ethashGenesis({ chainId = 4712, alloc = {} }: ChainOptions = {}): string {
  return JSON.stringify({
    config: { chainId, ...UP_TO_ISTANBUL, berlinBlock: 0, londonBlock: 0, ethash: {} },
    difficulty: '0x1',
    gasLimit: '0x1c9c380',
    alloc,
  });
}

/**
 * The text of a genesis that is past the Merge, with the system contracts of its forks: geth 1.13.12 and later for `cancun`,
 * 1.15.6 for `prague`, 1.16.4 for `osaka`. Each gives the same genesis hash in all of them.
 */
export function mergedGenesis(
  options: ChainOptions & { readonly fork?: 'cancun' | 'prague' | 'osaka'; readonly timestamp?: number } = {},
): string {
  const { chainId = 4713, alloc = {}, fork = 'cancun', timestamp = 0 } = options;
  const prague = fork === 'cancun' ? {} : { pragueTime: 0 };
  const osaka = fork === 'osaka' ? { osakaTime: 0 } : {};
  return JSON.stringify({
    config: {
      ...{ chainId, ...UP_TO_ISTANBUL, berlinBlock: 0, londonBlock: 0 },
      ...{ shanghaiTime: 0, cancunTime: 0, ...prague, ...osaka },
      ...{ terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true },
      // All three, whichever are needed: 1.16 to 1.17.3 want osaka's too.
      blobSchedule: { cancun: CANCUN_BLOBS, prague: PRAGUE_BLOBS, osaka: PRAGUE_BLOBS },
    },
    difficulty: '0x0',
    gasLimit: '0x1c9c380',
    timestamp: `0x${timestamp.toString(16)}`,
    baseFeePerGas: '0x3b9aca00',
    alloc: { ...SYSTEM_CONTRACTS, ...alloc },
  });
}
