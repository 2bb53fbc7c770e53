import type { Eyes } from '../host/check.ts';
import type { FilesystemFacts } from '../ports/host-files.ts';
import type { Journal } from '../ports.ts';

/** What changes in less time is not growth. */
const LEAST_APART = 3_600_000;

/**
 * How much of the engine's disk was free at earlier looks, from the journals of its nodes, oldest first; today's is remembered in
 * them too, at most once an hour.
 */
export function recallFree(nodes: readonly string[], disk: FilesystemFacts, now: number, journal: Journal): Eyes['freeHistory'] {
  const { source, total, free } = disk;
  const looks = nodes.flatMap((node) => {
    const own = journal.read(node).flatMap(({ time, kind, data }) => {
      // Another disk, or the same one enlarged, says nothing of this one.
      const same = kind === 'disk' && data.source === source && data.total === total;
      return same && typeof data.free === 'number' ? [{ time, free: data.free }] : [];
    });
    const last = own.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
    if (now - last >= LEAST_APART) journal.append(node, { kind: 'disk', data: { source, total, free } });
    return own;
  });
  return looks.sort((a, b) => a.time - b.time);
}
