import { formatSize, MIB } from '../size.ts';
import { moreRoom, type RoomSpec } from './more-room.ts';

/** What a chain has to write to before geth is started. Sizes in bytes. */
export interface RoomSight {
  /** geth's `--datadir.minfreedisk`, MiB. */
  readonly leastMib: number;
  /** Free for geth on the filesystem of the chain; undefined where it cannot be seen. */
  readonly free: number | undefined;
  /** A size that a watchdog alone keeps, and what the chain takes; undefined where there is none, or nobody could count. */
  readonly guarded: { readonly limit: number; readonly used: number } | undefined;
}

export interface RoomProblem {
  readonly message: string;
  readonly hint: string;
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * What is left of a size that a watchdog keeps, bytes; geth is stopped when it is less than `--datadir.minfreedisk`, as geth itself does
 * on a disk. 0 where the chain is larger.
 */
export function leftOfSize({ limit, used }: NonNullable<RoomSight['guarded']>): number {
  return Math.max(0, limit - used);
}

/** Why geth would end right after its start, since it looks at its disk at once; undefined where it would not, or nothing is known. */
export function judgeRoomToStart(node: string, { leastMib, free, guarded }: RoomSight, spec: RoomSpec): RoomProblem | undefined {
  const least = leastMib * MIB;
  const needs = `${formatSize(least)} (--datadir.minfreedisk)`;
  if (guarded !== undefined && leftOfSize(guarded) < least) {
    return {
      message: `The chain of ${node} is at its --storage: geth would be stopped again at once.`,
      hint: `${moreRoom(node, spec)} Then run the same command again.`,
      facts: { chain: formatSize(guarded.used), storage: formatSize(guarded.limit), 'to be left': needs },
    };
  }
  if (free === undefined || free >= least) return undefined;
  // More of a size that the watchdog keeps is of no use on a full disk.
  const disk = spec.storageMode === 'watchdog' ? { ...spec, storageMode: null } : spec;
  return {
    message: `The disk of the chain of ${node} is low: geth would end again at once.`,
    hint: `${moreRoom(node, disk)} Then run the same command again.`,
    facts: { free: formatSize(free), 'to be left': needs },
  };
}
