import { growthPerDay } from '../host/disk/growth.ts';
import type { FilesystemFacts } from '../ports/host-files.ts';
import type { Journal } from '../ports.ts';
import { recallFree } from './recall-free.ts';

/** Bytes a day by which a disk fills, by earlier looks at it that a node's journal keeps; this one is kept too. Undefined where they tell nothing. */
export function diskPace(node: string, disk: FilesystemFacts, now: number, journal: Journal): number | undefined {
  return growthPerDay(recallFree([node], disk, now, journal), now, disk.free);
}
