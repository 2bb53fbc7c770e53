import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { inRange } from '../../src/node/geth-version.ts';
import { type Place, runGeth } from './run-geth.ts';

/** One way to make a geth end at once, and what its last words must be known as. */
export interface End {
  readonly name: string;
  readonly kind: string;
  /** Versions that end in this way; left out, all. */
  readonly from?: string;
  readonly words: (place: Place) => readonly string[];
  /** What has to be there before; what it gives is undone afterwards. */
  readonly before?: (place: Place, binary: string) => Promise<(() => void) | undefined>;
}

const base = (place: Place): readonly string[] => [
  ...['--datadir', join(place.folder, 'data'), '--ipcdisable', '--nodiscover', '--maxpeers', '0'],
  ...['--port', String(place.ports.p2p), '--authrpc.port', String(place.ports.engine)],
];

const MIXED_UP = {
  config: { chainId: 77, homesteadBlock: 5, eip150Block: 0 },
  ...{ difficulty: '0x1', gasLimit: '0x1000000', alloc: {} },
};

const FORKS = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul', 'berlin', 'london'];
const OTHER = {
  config: {
    ...{ chainId: 77, terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true },
    ...Object.fromEntries(FORKS.map((fork) => [`${fork}Block`, 0])),
  },
  ...{ difficulty: '0x0', gasLimit: '0x1000000', alloc: {} },
};

export const ENDS: readonly End[] = [
  { name: 'a flag that nobody knows', kind: 'bad-flag', words: (place) => [...base(place), '--nosuch.flag'] },
  { name: 'a value that a flag cannot have', kind: 'bad-flag', words: (place) => [...base(place), '--cache', 'much'] },
  { name: 'a word that is no command', kind: 'bad-flag', words: (place) => [...base(place), 'frobnicate'] },
  { name: 'a sync mode of old', kind: 'bad-sync-mode', words: (place) => [...base(place), '--syncmode', 'fast'] },
  { name: 'the light mode', kind: 'bad-sync-mode', from: '1.13.6', words: (place) => [...base(place), '--sepolia', '--syncmode', 'light'] },
  { name: 'two networks', kind: 'bad-settings', words: (place) => [...base(place), '--sepolia', '--dev'] },
  { name: 'a mode of collecting that is none', kind: 'bad-settings', words: (place) => [...base(place), '--gcmode', 'some'] },
  { name: 'a configuration file that is not there', kind: 'bad-settings', words: (place) => [...base(place), '--config', '/none.toml'] },
  {
    name: 'a key that is none',
    kind: 'bad-secret',
    words: (place) => [...base(place), '--sepolia', '--authrpc.jwtsecret', join(place.folder, 'key')],
    before: async ({ folder }) => {
      writeFileSync(join(folder, 'key'), 'no key');
      return undefined;
    },
  },
  {
    name: 'a genesis whose forks are mixed up',
    kind: 'bad-genesis',
    words: (place) => ['--datadir', join(place.folder, 'data'), 'init', join(place.folder, 'genesis.json')],
    before: async ({ folder }) => {
      writeFileSync(join(folder, 'genesis.json'), JSON.stringify(MIXED_UP));
      return undefined;
    },
  },
  {
    name: 'a port that is taken',
    kind: 'port-taken',
    words: (place) => [...base(place), '--sepolia', '--http', '--http.port', String(place.ports.http)],
    before: ({ ports }) =>
      new Promise((resolve) => {
        const server = createServer().listen(ports.http, '127.0.0.1', () => resolve(() => server.close()));
      }),
  },
  {
    name: 'the chain of another genesis',
    kind: 'database-foreign',
    words: (place) => [...base(place), '--sepolia'],
    before: async (place, binary) => {
      writeFileSync(join(place.folder, 'genesis.json'), JSON.stringify(OTHER));
      await runGeth(binary, ['--datadir', join(place.folder, 'data'), 'init', join(place.folder, 'genesis.json')], place);
      return undefined;
    },
  },
  {
    name: 'a database whose manifest is damaged',
    kind: 'database-corrupt',
    from: '1.11.0',
    words: (place) => [...base(place), '--sepolia'],
    before: async (place) => {
      const database = join(place.folder, 'data', 'geth', 'chaindata');
      mkdirSync(database, { recursive: true });
      writeFileSync(join(database, 'CURRENT'), 'MANIFEST-000001\n');
      writeFileSync(join(database, 'MANIFEST-000001'), 'garbage');
      writeFileSync(join(database, 'OPTIONS-000003'), '[Version]\n  pebble_version=0.1\n');
      return undefined;
    },
  },
  {
    name: 'a disk with less free space than asked for',
    kind: 'disk-low',
    words: (place) => [...base(place), '--sepolia', '--datadir.minfreedisk', '1000000000'],
  },
];

/** Those that a version comes to. */
export function endsOf(version: string): readonly End[] {
  return ENDS.filter(({ from }) => from === undefined || inRange(version, { since: from }));
}
