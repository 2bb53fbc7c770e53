import { compareVersions } from '../geth-version.ts';
import type { StateScheme } from '../state-schemes.ts';
import { schemesFor, standardScheme } from './state-scheme-rules.ts';
import { rowFor, type VersionRange } from './version-rows.ts';

interface DatabaseRow extends VersionRange {
  /** What a new database is; an older one keeps its engine. */
  readonly engine: 'leveldb' | 'pebble';
  readonly opens: readonly ('leveldb' | 'pebble')[];
  /** core.BlockChainVersion: geth refuses a database of a higher one. */
  readonly format: number;
}

/** core/rawdb/database.go (openKeyValueDatabase) and core/blockchain.go (BlockChainVersion) of each tag. */
export const DATABASES: readonly DatabaseRow[] = [
  { until: '1.10.26', engine: 'leveldb', opens: ['leveldb'], format: 8 },
  { since: '1.11.0', until: '1.11.6', engine: 'leveldb', opens: ['leveldb', 'pebble'], format: 8 },
  { since: '1.12.0', until: '1.14.13', engine: 'pebble', opens: ['leveldb', 'pebble'], format: 8 },
  { since: '1.15.0', engine: 'pebble', opens: ['leveldb', 'pebble'], format: 9 },
];

/**
 * Why `reader` cannot open a chain that `writer` is the newest to have written; undefined when it can. Newer versions
 * open what older ones wrote. A scheme of null is not known, and taken for the writer's default.
 */
export function opensChainOf(writer: string, scheme: StateScheme | null, reader: string): string | undefined {
  const kept = scheme ?? standardScheme(writer, 'full');
  if (!schemesFor(reader, 'full').includes(kept)) return `its state is kept by ${kept}, which geth knows from 1.13.0 on`;
  if (compareVersions(reader, writer) >= 0) return undefined;
  const [wrote, reads] = [rowFor(DATABASES, writer), rowFor(DATABASES, reader)];
  if (wrote === undefined || reads === undefined) return undefined;
  if (!reads.opens.includes(wrote.engine)) return `it is a ${wrote.engine} database, which geth ${reader} does not know`;
  if (reads.format < wrote.format) return `its format is version ${wrote.format}, and geth ${reader} knows up to ${reads.format}`;
  return undefined;
}
