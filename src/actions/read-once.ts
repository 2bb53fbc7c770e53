import type { Journal, JournalRecord } from '../ports.ts';

/** The journal as one look at it had it: each node's is read once, however many ask. */
export function readOnce(journal: Journal): Journal {
  const read = new Map<string, readonly JournalRecord[]>();
  return {
    append: (node, record) => journal.append(node, record),
    read: (node, last) => {
      if (last !== undefined) return journal.read(node, last);
      const records = read.get(node) ?? journal.read(node);
      read.set(node, records);
      return records;
    },
  };
}
