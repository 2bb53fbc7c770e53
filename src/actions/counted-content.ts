import type { TreeEntry } from '../ports/volume-tree.ts';
import type { World } from '../ports.ts';

/** Shown at most so often, ms. */
const BETWEEN = 200;

/** Gives entries whose content shows its progress while it is read, all of one transfer together. */
export function countedContent(what: string, { clock, console }: World): (entry: TreeEntry) => TreeEntry {
  let done = 0;
  let shown = 0;
  return (entry) => {
    const content = async function* () {
      for await (const chunk of entry.content) {
        done += chunk.length;
        const now = clock.now();
        if (now - shown >= BETWEEN) {
          shown = now;
          console.progress({ what, done, total: 0, unit: 'bytes' });
        }
        yield chunk;
      }
    };
    return { ...entry, content: content() };
  };
}
