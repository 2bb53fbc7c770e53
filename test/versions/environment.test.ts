import { beforeAll, describe, expect, it } from 'vitest';
import { DATA_DIRECTORY } from '../../src/node/container-paths.ts';
import { inRange } from '../../src/node/geth-version.ts';
import { requires } from '../require.ts';
import { gethBinary, helpFlags, VERSIONS } from './binaries.ts';
import { cellsOf, decide } from './cells.ts';
import { engineWords, type Geth } from './prove-allowed.ts';
import { inPlace, mapped, runGeth, visitGeth } from './run-geth.ts';

const BUILD_MS = 900_000;

/** From 1.13.1 on geth reads every flag from a variable GETH_<FLAG> too, so that one in a container would change its words. */
describe('the environment of a node', () => {
  it.each(VERSIONS)('has no variable that geth %s would read as a flag', (version) => {
    const names = cellsOf(version).flatMap((cell) => {
      const decision = decide(cell);
      return 'command' in decision ? Object.keys(decision.command.env) : [];
    });
    expect(names.filter((name) => name.startsWith('GETH_'))).toEqual([]);
  });
});

describe.skipIf(!(await requires('geth')))('a variable GETH_<FLAG>', () => {
  describe.each(VERSIONS)('in geth %s', (version) => {
    const reads = inRange(version, { since: '1.13.1' });
    let geth: Geth;
    beforeAll(async () => {
      const path = await gethBinary(version);
      geth = { path, help: helpFlags(path) };
    }, BUILD_MS);

    it(reads ? 'is a flag' : 'is nothing', async () => {
      await inPlace(async (place) => {
        const { exitCode } = await runGeth(geth.path, mapped(['--datadir', DATA_DIRECTORY, 'dumpconfig'], place), place, {
          GETH_SYNCMODE: 'no-such-mode',
        });
        expect(exitCode === 0).toBe(!reads);
      });
    });

    it(
      'does not beat a word of the command line',
      async () => {
        await inPlace(async (place) => {
          const words = ['--dev', '--datadir', DATA_DIRECTORY, '--http', '--http.port', '8545'];
          const env = { GETH_HTTP_PORT: '1' };
          const { chainId, output } = await visitGeth(geth.path, [...mapped(words, place), ...engineWords(geth, place)], env, place);
          expect(chainId, output).toBe(1337);
        });
      },
      BUILD_MS,
    );
  });
});
