import type { RoomQuestion } from './fullness.ts';
import type { Growth } from './growth.ts';
import type { StorageFacts } from './storage-facts.ts';

export interface RoomsQuestion {
  /** What was asked and is in force; null where nobody knows. */
  readonly limit: StorageFacts | null;
  /** What the kernel keeps the volume to, bytes; undefined where nothing does or it cannot be seen. */
  readonly walls: { readonly total: number; readonly free: number } | undefined;
  /** What the chain takes; undefined where nobody knows. */
  readonly used: number | undefined;
  /** All its blocks are reserved on the disk: what others write there does not harm it. */
  readonly sized: boolean;
  /** Free bytes below which geth ends itself. */
  readonly reserve: number;
  /** What lies beneath; undefined where it cannot be seen. */
  readonly disk: { readonly free: number } | undefined;
  readonly growth: Growth | null;
  /** Bytes a day by which the disk fills, whoever writes to it; undefined where that is not known. */
  readonly diskPace: number | undefined;
}

/** What the chain can run against: the size that it is seen to be kept to, and the disk where its blocks are not reserved there. */
export function roomsOf({ limit, walls, used, sized, reserve, disk, growth, diskPace }: RoomsQuestion): readonly RoomQuestion[] {
  const perDay = growth?.bytesPerDay ?? null;
  const rooms: RoomQuestion[] = [];
  if (walls !== undefined) rooms.push({ wall: 'limit', free: walls.free, reserve, perDay });
  // A watchdog counts what the chain takes, and leaves nothing below its limit.
  else if (limit?.enforcement === 'watchdog' && limit.held !== null && used !== undefined)
    rooms.push({ wall: 'limit', free: Math.max(0, limit.held - used), reserve: 0, perDay });
  if (disk === undefined || sized) return rooms;
  // The chain is one of those that fill it.
  const paces = [perDay, diskPace].filter((pace) => pace !== null && pace !== undefined);
  return [...rooms, { wall: 'disk', free: disk.free, reserve, perDay: paces.length === 0 ? null : Math.max(...paces) }];
}
