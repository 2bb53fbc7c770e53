import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** One thing below a folder, by its path from there. */
export interface Found {
  readonly path: string;
  readonly seen: Stats;
}

/** The folder itself ('') and everything below it, each folder before what is in it, in an order that is always the same. */
export function* walkFolder(root: string, path = ''): Generator<Found> {
  const seen = lstatSync(join(root, path));
  // A socket is nothing without its program.
  if (seen.isSocket()) return;
  yield { path, seen };
  if (!seen.isDirectory()) return;
  for (const name of readdirSync(join(root, path)).sort()) {
    // Every ext4 makes its own.
    if (path === '' && name === 'lost+found') continue;
    yield* walkFolder(root, path === '' ? name : `${path}/${name}`);
  }
}
