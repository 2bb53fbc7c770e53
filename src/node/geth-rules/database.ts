import { compareVersions, inRange } from '../geth-version.ts';
import type { StateScheme } from '../state-schemes.ts';
import { standardScheme } from './state-scheme-rules.ts';
import type { VersionRange } from './version-rows.ts';

interface DatabaseRow extends VersionRange {
  /** What a new database is; an older one keeps its engine. */
  readonly engine: 'leveldb' | 'pebble';
  /** core.BlockChainVersion. */
  readonly format: number;
}

/** core/rawdb/database.go (openKeyValueDatabase) and core/blockchain.go (BlockChainVersion) of each tag. */
export const DATABASES: readonly DatabaseRow[] = [
  { until: '1.11.6', engine: 'leveldb', format: 8 },
  { since: '1.12.0', until: '1.14.13', engine: 'pebble', format: 8 },
  { since: '1.15.0', engine: 'pebble', format: 9 },
];

/** Which versions must not be let at a chain that one of `since` to `until` wrote last. */
interface OpeningRow extends VersionRange {
  /** Only for states kept so. */
  readonly scheme?: StateScheme;
  readonly refused: VersionRange;
  /** What those do, or miss. */
  readonly reason: string;
}

/**
 * Seen by letting 13 versions at each other's folders (2026-11), and freezerVersion, journalVersion and the place of the
 * journal in core/rawdb and triedb/pathdb of each tag. Where blocks are lost, geth itself says nothing and exits 0.
 */
export const OPENINGS: readonly OpeningRow[] = [
  { since: '1.15.0', refused: { until: '1.14.13' }, reason: 'geth 1.14 and older cannot read its store of old blocks' },
  {
    since: '1.16.2',
    scheme: 'path',
    refused: { until: '1.16.1' },
    reason: 'geth 1.16.1 and older do not find its newest states and begin at block 0 again',
  },
  { since: '1.14.0', refused: { until: '1.13.15' }, reason: 'geth 1.13 and older miss in it that the Merge is behind it' },
  { since: '1.13.0', scheme: 'path', refused: { until: '1.12.2' }, reason: 'its state is kept by path, which geth knows from 1.13.0 on' },
  { since: '1.12.0', refused: { until: '1.10.26' }, reason: 'it is a pebble database, which geth 1.10 and older take for an empty one' },
  ...(['1.13.15', '1.14.13'] as const).map(
    (until): OpeningRow => ({
      since: until === '1.13.15' ? '1.13.0' : '1.14.0',
      until,
      scheme: 'path',
      refused: { since: until === '1.13.15' ? '1.14.0' : '1.15.0' },
      reason: 'later ones discard the newest states of that release and begin at block 0 again',
    }),
  ),
];

/**
 * Why `reader` must not open a chain that `writer` wrote last; undefined when it may. A scheme of null is not known, and
 * taken for the writer's default.
 */
export function opensChainOf(writer: string, scheme: StateScheme | null, reader: string): string | undefined {
  if (compareVersions(writer, reader) === 0) return undefined;
  const kept = scheme ?? standardScheme(writer, 'full');
  const row = OPENINGS.find((rule) => inRange(writer, rule) && inRange(reader, rule.refused) && (rule.scheme ?? kept) === kept);
  return row?.reason;
}
