import { cliqueGenesis, ethashGenesis, mergedGenesis } from '../../genesis-files.ts';
import { changed } from './bad-geneses.ts';

const A = `0x${'a1'.repeat(20)}`;
const CLIQUE = cliqueGenesis({ signers: [A] });
const OSAKA = mergedGenesis({ fork: 'osaka' });
const { osaka: _osaka, ...PRAGUE_BLOBS } = JSON.parse(OSAKA).config.blobSchedule;

/** What nodectl takes, and every geth of the range it tells must take too. */
export const GOOD: Readonly<Record<string, string>> = {
  clique: CLIQUE,
  'clique to istanbul': cliqueGenesis({ signers: [A], forks: 'istanbul' }),
  'clique of two, blocks on demand': cliqueGenesis({ signers: [A, `0x${'b2'.repeat(20)}`], period: 0 }),
  'clique without epoch': changed(CLIQUE, {}, { clique: {} }),
  'numbers without quotes': changed(CLIQUE, { difficulty: 1, gasLimit: 30_000_000, timestamp: 7, nonce: 0 }),
  "the spelling of geth's own tutorial": CLIQUE.replace('"extraData"', '"extradata"').replace('"gasLimit"', '"gaslimit"'),
  'the largest chainId': changed(CLIQUE, {}, { chainId: Number.MAX_SAFE_INTEGER }),
  'accounts of all kinds': changed(CLIQUE, {
    alloc: {
      [A.slice(2).toUpperCase()]: {
        balance: '1000000000000000000000000',
        nonce: '0x1',
        code: '0x6000',
        storage: { '0x01': '0x02', '03': '' },
      },
      [`0x${'b2'.repeat(20)}`]: { balance: '0x0', comment: 'mine' },
    },
  }),
  'unknown keys and nulls': changed(CLIQUE, { comment: ['x'], coinbase: null }, { comment: { deep: true }, daoForkBlock: null }),
  'forks to come': changed(CLIQUE, {}, { istanbulBlock: 5, berlinBlock: 9, londonBlock: 9 }),
  'all block forks': changed(CLIQUE, {}, { muirGlacierBlock: 0, arrowGlacierBlock: 0, grayGlacierBlock: 0, mergeNetsplitBlock: 0 }),
  ethash: ethashGenesis(),
  'ethash unnamed': changed(ethashGenesis(), {}, { ethash: undefined }),
  merged: changed(mergedGenesis(), {}, { shanghaiTime: undefined, cancunTime: undefined }),
  shanghai: changed(mergedGenesis(), {}, { cancunTime: undefined }),
  cancun: mergedGenesis(),
  'cancun to come': changed(mergedGenesis(), {}, { cancunTime: 4_000_000_000 }),
  'merged, not said to be': changed(mergedGenesis(), {}, { terminalTotalDifficultyPassed: undefined }),
  'merged with some difficulty': changed(mergedGenesis(), { difficulty: '0x20000' }),
  'merged clique': changed(CLIQUE, {}, { terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true }),
  prague: mergedGenesis({ fork: 'prague' }),
  osaka: OSAKA,
  'osaka without blobs of its own': changed(OSAKA, {}, { blobSchedule: PRAGUE_BLOBS }),
  'osaka and bpo1': changed(
    OSAKA,
    {},
    { bpo1Time: 9, blobSchedule: { ...PRAGUE_BLOBS, osaka: PRAGUE_BLOBS.prague, bpo1: PRAGUE_BLOBS.prague } },
  ),
  amsterdam: changed(OSAKA, {}, { amsterdamTime: 0 }),
  bogota: changed(OSAKA, {}, { amsterdamTime: 0, bogotaTime: 0 }),
};
