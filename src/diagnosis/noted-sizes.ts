import type { Point } from '../node/sync/rate.ts';
import type { JournalRecord } from '../ports.ts';
import { sinceBirth } from './journal-notes.ts';

/**
 * What a node's volume took at each look that the journal keeps, oldest first: `volume` is also the name of the container it belongs to, and
 * `containerId` the present one. Looks at a chain that was begun before the present one do not count.
 */
export function notedSizes(journal: readonly JournalRecord[], volume: string, containerId: string | undefined): readonly Point[] {
  const ids = new Set([containerId, ...journal.flatMap(({ kind, data }) => (kind === 'run' && data.name === volume ? [data.id] : []))]);
  return sinceBirth(journal).flatMap(({ time, kind, data }) => {
    if (kind !== 'use' || !ids.has(String(data.id)) || typeof data.disk !== 'number') return [];
    return [{ time, value: data.disk }];
  });
}
