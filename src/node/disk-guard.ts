import { networkNeeds } from './geth-rules/network-needs.ts';
import type { HistoryRange } from './history-ranges.ts';
import type { NetworkProfile } from './profile.ts';
import { formatSize } from './size.ts';
import type { SyncMode } from './sync-modes.ts';

export interface DiskQuestion {
  readonly profile: NetworkProfile;
  readonly mode: SyncMode;
  readonly history: HistoryRange;
  /** The size asked for the chain volume, bytes; null when none was asked. */
  readonly storage: number | null;
  /** Free bytes where the engine keeps volumes; undefined when they cannot be seen. */
  readonly free: number | undefined;
  /** Bytes the chain has already. */
  readonly used: number;
}

export interface DiskProblem {
  readonly message: string;
  readonly hint: string;
}

/** Whether the chain fits, by the dated figures of the profile; undefined when it does, or when no figure is known. */
export function judgeDisk({ profile, mode, history, storage, free, used }: DiskQuestion): DiskProblem | undefined {
  const { disk, asOf } = networkNeeds(profile, mode, history);
  if (disk === undefined) return undefined;
  const room = roomFor(storage, free, used);
  if (room === undefined || disk <= room.bytes) return undefined;
  const what = history === 'all' ? mode : `${mode} with --history ${history}`;
  const date = asOf === undefined ? '' : ` (${asOf})`;
  return {
    message: `${what} on ${profile.name} needs ${formatSize(disk)}${date}, ${room.text}.`,
    hint: `${whatFits(profile, room.bytes)} --force lifts this.`,
  };
}

/** The lesser of what was asked and what is there. */
function roomFor(storage: number | null, free: number | undefined, used: number): { bytes: number; text: string } | undefined {
  const there = free === undefined ? undefined : free + used;
  if (storage !== null && (there === undefined || storage <= there))
    return { bytes: storage, text: `--storage gives it ${formatSize(storage)}` };
  if (there === undefined) return undefined;
  const has = used === 0 ? '' : ` beside the ${formatSize(used)} it has`;
  return { bytes: there, text: `the disk has ${formatSize(free ?? 0)} free${has}` };
}

function whatFits(profile: NetworkProfile, room: number): string {
  const choices = profile.syncmodes.flatMap((mode) => {
    const ranges: readonly HistoryRange[] = ['all', ...(Object.keys(profile.needs.disk[mode]?.history ?? {}) as HistoryRange[])];
    return ranges.map((history) => ({ mode, history, disk: networkNeeds(profile, mode, history).disk }));
  });
  const fitting = choices.filter(({ disk }) => disk !== undefined && disk <= room);
  if (fitting.length === 0) return `No mode of ${profile.name} fits there: use a larger disk, or a chain of your own (--network dev).`;
  const words = fitting.map(({ mode, history, disk }) => {
    const range = history === 'all' ? '' : ` --history ${history}`;
    return `--syncmode ${mode}${range} (${formatSize(disk ?? 0)})`;
  });
  return `What fits: ${words.join(', ')}.`;
}
