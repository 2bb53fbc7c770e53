const DAY = 86_400_000;

/** What can run out: a size that the chain volume is kept to, or the disk beneath it. */
export type Wall = 'limit' | 'disk';

export interface RoomQuestion {
  readonly wall: Wall;
  /** Bytes that are left there. */
  readonly free: number;
  /** Free bytes below which geth ends itself; 0 where it does not look. */
  readonly reserve: number;
  /** Bytes a day by which the room shrinks; null where that is not known. */
  readonly perDay: number | null;
}

/** Where a chain ends first. */
export interface Fullness {
  readonly by: Wall;
  /** Bytes that it can grow before geth ends itself in good order; 0 where it would not stay up now. */
  readonly roomBytes: number;
  readonly reserveBytes: number;
  /** By which the room shrinks; null where that is not known. Of a disk it is what everybody writes to it, where that is more. */
  readonly bytesPerDay: number | null;
  /** Milliseconds until then at that pace; null where it is not known, or the room does not shrink. */
  readonly inMs: number | null;
}

/** The wall that is reached first; where no growth tells, the one with less room. Null without any. */
export function fullness(rooms: readonly RoomQuestion[]): Fullness | null {
  const [first] = rooms.map(fullAt).sort((one, other) => rank(one) - rank(other) || one.roomBytes - other.roomBytes);
  return first ?? null;
}

function rank({ inMs }: Fullness): number {
  return inMs ?? Number.MAX_SAFE_INTEGER;
}

function fullAt({ wall, free, reserve, perDay }: RoomQuestion): Fullness {
  const roomBytes = Math.max(0, free - reserve);
  const inMs = perDay !== null && perDay > 0 ? Math.round((roomBytes / perDay) * DAY) : null;
  return { by: wall, roomBytes, reserveBytes: reserve, bytesPerDay: perDay, inMs: roomBytes === 0 ? 0 : inMs };
}
