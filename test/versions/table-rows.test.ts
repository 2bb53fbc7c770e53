import { beforeAll, describe, expect, it } from 'vitest';
import { DATA_DIRECTORY, GENESIS_FILE } from '../../src/node/container-paths.ts';
import { DATABASES } from '../../src/node/geth-rules/database.ts';
import { DANGEROUS_NAMESPACES, dangerousNamespaces, PUBLIC_NAMESPACES } from '../../src/node/geth-rules/namespaces.ts';
import { standardScheme } from '../../src/node/geth-rules/state-scheme-rules.ts';
import { rowFor } from '../../src/node/geth-rules/version-rows.ts';
import { compareVersions } from '../../src/node/geth-version.ts';
import { requires } from '../require.ts';
import { gethBinary, helpFlags, VERSIONS } from './binaries.ts';
import { NETWORKS } from './networks.ts';
import { engineWords, layOut } from './prove-allowed.ts';
import { inPlace, mapped, type Place, runGeth, visitGeth } from './run-geth.ts';

const BUILD_MS = 900_000;

describe.skipIf(!(await requires('geth')))('what geth does with a new chain when it is told nothing', () => {
  describe.each(VERSIONS)('geth %s', (version) => {
    let said = '';
    beforeAll(async () => {
      said = await inPlace((place) => twoRuns(version, place));
    }, BUILD_MS);

    it('makes a database of the engine and format in the table', () => {
      const engine = /using pebble as the backing database/i.test(said) ? 'pebble' : 'leveldb';
      const format = Number(/Initialising Ethereum protocol .*dbversion=(\d+)/.exec(said)?.[1]);
      expect(rowFor(DATABASES, version)).toMatchObject({ engine, format });
    });

    it('keeps the state by the scheme in the table', () => {
      const scheme = /State sche(?:me|ma) set to [a-z ]+ +scheme=(\w+)/.exec(said)?.[1] ?? 'hash';
      expect(standardScheme(version, 'full')).toBe(scheme);
    });

    it('has no namespace that the tables do not name', () => {
      const offered = /Unavailable modules in HTTP API list .*available="?\[([^\]]*)\]"?\s*$/m.exec(said)?.[1]?.split(' ') ?? [];
      expect(offered).toContain('admin');
      const known = [...PUBLIC_NAMESPACES.split(','), ...dangerousNamespaces(offered.join(','), version)];
      expect(offered.filter((name) => !known.includes(name))).toEqual([]);
    });
  });
});

/** Starts and stops a chain twice with every namespace that any version has; the second start tells the format of what the first made. */
async function twoRuns(version: string, place: Place): Promise<string> {
  const path = await gethBinary(version);
  const geth = { path, help: helpFlags(path) };
  const title = compareVersions(version, '1.13.15') > 0 ? 'private post-merge' : 'private clique';
  const { genesis = '', profile } = NETWORKS.find((network) => network.title === title) ?? {};
  layOut(place, genesis);
  await runGeth(path, mapped(['init', '--datadir', DATA_DIRECTORY, `${DATA_DIRECTORY}/${GENESIS_FILE}`], place), place);
  const names = [...PUBLIC_NAMESPACES.split(','), ...DANGEROUS_NAMESPACES.map(({ name }) => name), 'no-such-namespace'];
  const words = [
    ...['--datadir', DATA_DIRECTORY, '--networkid', String(profile?.chainId), '--nodiscover', '--port', '30303'],
    ...['--http', '--http.port', '8545', '--http.api', names.join(',')],
  ];
  const runs: string[] = [];
  for (const _run of [1, 2]) {
    const { chainId, output } = await visitGeth(path, [...mapped(words, place), ...engineWords(geth, place)], {}, place);
    expect(chainId, output).toBe(profile?.chainId);
    runs.push(output);
  }
  return runs.join('\n');
}
