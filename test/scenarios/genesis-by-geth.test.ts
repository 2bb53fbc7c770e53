import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inRange } from '../../src/node/geth-version.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { BAD } from '../node/genesis/bad-geneses.ts';
import { GOOD } from '../node/genesis/good-geneses.ts';
import { read } from '../node/genesis/read.ts';
import { requires } from '../require.ts';
import { gethBinary } from '../versions/binaries.ts';

/** `NODECTL_VERSIONS=all` asks every geth of the list and starts it too (seven minutes, and each is built once); otherwise two are asked to write the genesis. */
const ALL = process.env.NODECTL_VERSIONS === 'all';
const KNOWN = [
  '1.9.25',
  '1.10.8',
  '1.10.13',
  '1.10.26',
  '1.11.6',
  '1.12.0',
  '1.13.15',
  '1.14.13',
  '1.15.11',
  '1.16.9',
  '1.17.3',
  '1.17.5',
  '1.17.8',
];
const ASKED = ALL ? KNOWN : ['1.13.15', '1.17.8'];
const able = await requires('geth', 'go');
/** Paths by version, from nodectl's own builder and its cache. */
const binaries = new Map<string, string>();

/** Whether a geth takes the genesis, and starts a node of it where that is asked too, and the hash of the first block. */
function tries(version: string, genesis: string): { readonly taken: boolean; readonly hash: string | undefined; readonly said: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'genesis.json');
  writeFileSync(file, genesis);
  const geth = (...words: string[]) =>
    spawnSync(binaries.get(version) ?? '', ['--datadir', join(folder, 'data'), ...words], { encoding: 'utf8', timeout: 60_000 });
  const init = geth('init', file);
  if (init.status !== 0) return { taken: false, hash: undefined, said: last(init.stderr) };
  if (!ALL) return { taken: true, hash: /hash=(\S+)/.exec(init.stderr)?.[1], said: '' };
  const quiet = [
    '--nodiscover',
    '--maxpeers',
    '0',
    '--port',
    '0',
    '--cache',
    '64',
    '--networkid',
    String(chainId(genesis)),
    '--syncmode',
    'full',
  ];
  const engine = inRange(version, { since: '1.10.17' }) ? ['--authrpc.port', '0'] : [];
  const start = geth(...quiet, ...engine, '--exec', 'eth.getBlock(0).hash', 'console');
  const hash = /0x[0-9a-f]{64}/.exec(start.stdout)?.[0];
  return { taken: start.status === 0 && hash !== undefined, hash, said: last(start.stderr) };
}

function last(text: string): string {
  return (
    text
      .split('\n')
      .filter((line) => /fatal|error|panic/i.test(line))
      .at(-1) ?? text.slice(-200)
  );
}

function chainId(genesis: string): unknown {
  return (JSON.parse(genesis) as { config?: { chainId?: unknown } }).config?.chainId;
}

describe.skipIf(!able)('geth agrees with what is said of a genesis', () => {
  beforeAll(async () => {
    for (const version of ASKED) binaries.set(version, await gethBinary(version));
  }, 1_800_000);

  test.each(Object.entries(GOOD))(
    '%s: every geth of its range takes it and begins the same chain',
    (_what, genesis) => {
      const { minimumGeth, maximumGeth } = read(genesis);
      const range = { since: minimumGeth, ...(maximumGeth === undefined ? {} : { until: maximumGeth }) };
      const hashes = new Set<string | undefined>();
      for (const version of ASKED.filter((known) => inRange(known, range))) {
        const { taken, hash, said } = tries(version, genesis);
        expect({ version, taken, said }).toEqual({ version, taken: true, said });
        hashes.add(hash);
      }
      expect(hashes.size).toBeLessThanOrEqual(1);
    },
    300_000,
  );

  test.each(Object.entries(BAD))(
    '%s: the newest geth refuses it too',
    (_what, genesis) => {
      const version = ASKED.at(-1) ?? '';
      expect(tries(version, genesis)).toMatchObject({ taken: false });
    },
    120_000,
  );
});
