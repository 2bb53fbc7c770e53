import { GROUPS } from '../commands/index.ts';
import type { Candidate } from './candidate.ts';
import type { UsageEntry } from './usage-table.ts';

/** The words that lead on from `before` to a command: `host swap` → add, show, remove. */
export function commandWords(before: readonly string[], table: readonly Pick<UsageEntry, 'name' | 'summary'>[]): readonly Candidate[] {
  const found = new Map<string, string>();
  for (const { name, summary } of table) {
    const path = name.split(' ');
    const next = path[before.length];
    if (next === undefined || before.some((word, index) => path[index] !== word)) continue;
    const isWhole = path.length === before.length + 1;
    found.set(next, isWhole ? summary : (GROUPS[path.slice(0, before.length + 1).join(' ')] ?? ''));
  }
  return [...found].map(([value, description]) => ({ value, description }));
}
