import type { Archives } from '../../ports/archives.ts';
import { readArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

/** Archives in files and standard streams. */
export function archiveFiles(): Archives {
  return { write: writeArchive, read: readArchive };
}
