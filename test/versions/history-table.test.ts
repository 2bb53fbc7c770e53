import { beforeAll, describe, expect, it } from 'vitest';
import { DATA_DIRECTORY } from '../../src/node/container-paths.ts';
import { historyRanges } from '../../src/node/geth-rules/history-rules.ts';
import { HISTORY_RANGES } from '../../src/node/history-ranges.ts';
import { requires } from '../require.ts';
import { gethBinary, helpFlags, VERSIONS } from './binaries.ts';
import { NETWORKS, type TestedNetwork } from './networks.ts';
import { engineWords, type Geth } from './prove-allowed.ts';
import { inPlace, mapped, visitGeth } from './run-geth.ts';

const BUILD_MS = 900_000;
const RUN_MS = 240_000;
const PUBLIC = NETWORKS.filter(({ profile }) => profile.consensus === 'required' && profile.private === undefined);

describe.skipIf(!(await requires('geth')))('the history table agrees with', () => {
  describe.each(VERSIONS)('geth %s', (version) => {
    let geth: Geth;
    beforeAll(async () => {
      const path = await gethBinary(version);
      geth = { path, help: helpFlags(path) };
    }, BUILD_MS);

    describe.each(PUBLIC)('on $title', (network) => {
      for (const range of HISTORY_RANGES.filter((word) => word !== 'all')) {
        const able = historyRanges(version, network.profile).includes(range);
        it.concurrent(
          `which ${able ? 'begins' : 'will not begin'} ${range}`,
          async () => {
            expect(await begins(network, range, geth)).toBe(able);
          },
          RUN_MS,
        );
      }
    });
  });
});

/** True when geth starts the network with the range; false when it refuses the words. */
function begins({ profile }: TestedNetwork, range: string, geth: Geth): Promise<boolean> {
  return inPlace(async (place) => {
    const flags = profile.flags.filter((flag) => flag !== '--mainnet' || geth.help.has('mainnet'));
    const words = [...flags, '--datadir', DATA_DIRECTORY, '--history.chain', range, '--port', '30303', '--http', '--http.port', '8545'];
    const { chainId, output } = await visitGeth(geth.path, [...mapped(words, place), ...engineWords(geth, place)], {}, place);
    if (chainId === profile.chainId) return true;
    expect(output).toMatch(/flag provided but not defined|history pruning not available|unknown network|unknown (?:history|sync) mode/i);
    return false;
  });
}
