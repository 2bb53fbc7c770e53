import { OPENINGS } from '../../src/node/geth-rules/database.ts';
import { DURABILITY } from '../../src/node/geth-rules/durability.ts';
import { HISTORY_RULES, historySince } from '../../src/node/geth-rules/history-rules.ts';
import { NEWEST_KNOWN, OLDEST_KNOWN } from '../../src/node/geth-rules/known-versions.ts';
import { SEAL_RULES } from '../../src/node/geth-rules/mining-rules.ts';
import { DANGEROUS_NAMESPACES, PUBLIC_NAMESPACES } from '../../src/node/geth-rules/namespaces.ts';
import { rangeText } from '../../src/node/geth-rules/version-rows.ts';
import { compareVersions } from '../../src/node/geth-version.ts';
import type { HistoryRange } from '../../src/node/history-ranges.ts';
import type { NetworkProfile } from '../../src/node/profile.ts';
import type { SyncMode } from '../../src/node/sync-modes.ts';
import { markdownTable } from './markdown-table.ts';
import { refusalRows } from './refusal-rows.ts';
import { versionRows } from './version-rows.ts';

/** docs/reference/modes.md, from the version tables and the profiles. */
export function modesPage(networks: readonly NetworkProfile[]): string {
  return [
    '# Which mode for which machine',
    '',
    'What `--syncmode`, `--history`, `--mine` and `--light-peers` mean on each network and in each geth, as `nodectl up` decides it. Figures are',
    'dated and have a source; where none is known, none is given. `nodectl up` compares them with the free disk before it makes',
    'anything, and `--dry-run` shows the result.',
    '',
    '## Networks',
    '',
    ...markdownTable(
      ['network', '`--syncmode`', '`--history`', 'geth', 'disk', 'memory: least, comfortable', 'consensus client', 'date', 'source'],
      networks.flatMap(networkRows),
    ),
    '',
    'Nothing of mainnet fits a disk of 20 to 80 GB, in any mode. `fast` is snap by its old name. Dev needs no sync and no peers.',
    '',
    '## Private chains',
    '',
    'Who makes the blocks follows from the genesis: `--network ./genesis.json`.',
    '',
    ...markdownTable(
      ['blocks by', 'newest geth', '`--mine`', 'why'],
      SEAL_RULES.map(({ seal, until, reason }) => [
        seal,
        until ?? NEWEST_KNOWN,
        until === undefined ? 'refused' : 'with `--etherbase`',
        reason,
      ]),
    ),
    '',
    '`--light-peers` and geth’s own `--syncmode light` are for clique and ethash chains by geth up to 1.12.0, which is what a new node then gets.',
    'On a network with a beacon chain `--syncmode light` runs a verifying light client in geth’s place: no disk, 512M; see [light](../light.md).',
    '',
    '## What a kill costs a chain of your own',
    '',
    'A dev or private chain that executes every block (`full`, `archive`) is begun with the hash scheme, every state written at once and,',
    'where geth can choose, leveldb. A chain that was begun otherwise keeps what it has. The plan of `up` says which of these it is.',
    '',
    ...markdownTable(
      ['kept', 'geth', 'a kill costs'],
      DURABILITY.map((row) => [row.kept, rangeText(row), row.cost]),
    ),
    '',
    '## Versions of geth',
    '',
    `Each row holds from its version until the next. The oldest geth that nodectl runs is ${OLDEST_KNOWN}; one newer than ${NEWEST_KNOWN} is run by the`,
    'rules of the last row, and the plan says so. [What real binaries did with them](versions.md), version by version.',
    '',
    ...markdownTable(
      [
        'from',
        '`--syncmode` words, default first',
        '`fast` is',
        '`light`',
        'new state',
        'archive of',
        'new database, format',
        'heap limit',
      ],
      versionRows(),
    ),
    '',
    'History ranges:',
    '',
    ...markdownTable(
      ['`--history`', 'network', 'geth'],
      HISTORY_RULES.map(({ range, chainId, since }) => [
        range,
        networks.find((row) => row.chainId === chainId)?.name ?? chainId,
        rangeText({ since }),
      ]),
    ),
    '',
    'A range is chosen when the chain is begun; for another one the chain is begun again.',
    '',
    '## Another version on the same chain',
    '',
    'The version that wrote a chain is remembered with its volume. One that could not read it, or would silently begin at block 0',
    'again, is refused before it is started (`WRONG_VOLUME`):',
    '',
    ...markdownTable(
      ['written last by', 'state', 'refused', 'why'],
      OPENINGS.map((row) => [rangeText(row), row.scheme ?? 'any', rangeText(row.refused), row.reason]),
    ),
    '',
    '## Namespaces',
    '',
    `JSON-RPC serves \`${PUBLIC_NAMESPACES}\`. Words after \`--\` that would serve one of these are refused:`,
    '',
    ...markdownTable(
      ['namespace', 'geth', 'whoever reaches it'],
      DANGEROUS_NAMESPACES.map((row) => [row.name, rangeText(row), row.danger]),
    ),
    '',
    '## Refusals',
    '',
    'Each of these ends with exit code 2 before anything exists.',
    '',
    ...markdownTable(['asked', 'code', 'said', 'hint'], refusalRows(networks)),
    '',
  ].join('\n');
}

function networkRows(network: NetworkProfile): readonly (readonly string[])[] {
  return network.syncmodes.flatMap((mode) => {
    const ranges: readonly HistoryRange[] = mode === 'archive' ? ['all'] : ['all', 'postmerge', 'postprague', 'postosaka'];
    return ranges
      .filter((range) => range === 'all' || historySince(range, network) !== undefined)
      .map((range) => row(network, mode, range));
  });
}

function row(network: NetworkProfile, mode: SyncMode, range: HistoryRange): readonly string[] {
  const { minimum, comfortable } = network.needs.memory;
  const figures = network.needs.disk[mode];
  const disk = range === 'all' ? figures?.disk : figures?.history?.[range];
  const known = disk !== undefined;
  const since = [network.geth.minimum, historySince(range, network) ?? network.geth.minimum].reduce((a, b) =>
    compareVersions(a, b) < 0 ? b : a,
  );
  return [
    ...[network.name, mode, range, rangeText({ since }), disk ?? 'not known', `${minimum}, ${comfortable}`],
    ...[
      network.consensus === 'required' ? 'needed' : 'none',
      (known ? figures?.asOf : undefined) ?? '-',
      (known ? figures?.source : undefined) ?? '-',
    ],
  ];
}
