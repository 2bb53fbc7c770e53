import { DATABASES } from '../../src/node/geth-rules/database.ts';
import { OLDEST_KNOWN } from '../../src/node/geth-rules/known-versions.ts';
import { LIGHT_CLIENT } from '../../src/node/geth-rules/light-rules.ts';
import { memorySettings } from '../../src/node/geth-rules/memory-rules.ts';
import { STATE_SCHEME_RULES } from '../../src/node/geth-rules/state-scheme-rules.ts';
import { SYNC_WORDS } from '../../src/node/geth-rules/sync-mode-words.ts';
import { rowFor, type VersionRange } from '../../src/node/geth-rules/version-rows.ts';
import { compareVersions } from '../../src/node/geth-version.ts';
import { GIB } from '../../src/node/size.ts';

const HEAP_BY_FLAG = '1.17.5';
const TABLES: readonly (readonly VersionRange[])[] = [SYNC_WORDS, LIGHT_CLIENT, STATE_SCHEME_RULES, DATABASES, [{ since: HEAP_BY_FLAG }]];

/** One row for each version from which on something in the tables is different. */
export function versionRows(): readonly (readonly string[])[] {
  const starts = TABLES.flat().flatMap(({ since }) => (since === undefined ? [] : [since]));
  return [...new Set([OLDEST_KNOWN, ...starts])].sort(compareVersions).map(versionRow);
}

function versionRow(version: string): readonly string[] {
  const sync = rowFor(SYNC_WORDS, version);
  const light = rowFor(LIGHT_CLIENT, version);
  const scheme = rowFor(STATE_SCHEME_RULES, version);
  const database = rowFor(DATABASES, version);
  const words = sync === undefined ? [] : [sync.standard, ...sync.words.filter((word) => word !== sync.standard)];
  return [
    version,
    words.join(', '),
    words.includes('fast') ? 'fast' : 'run as snap',
    light?.reason ?? '-',
    scheme?.standard ?? '-',
    scheme?.archive.join(', ') ?? '-',
    `${database?.engine}, ${database?.format}`,
    memorySettings(version, GIB).heapBy,
  ];
}
