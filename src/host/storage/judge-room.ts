import { formatSize, GIB } from '../../node/size.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';
import { urgency } from '../disk/urgency.ts';
import { shellLine } from '../shell-word.ts';
import type { VolumeRoom } from './volume-room.ts';

/** What somebody should do something about. */
export interface RoomTrouble {
  readonly severity: 'warn' | 'fail';
  readonly text: string;
  readonly commands: readonly string[];
}

/** The size that a volume is kept to is full, or will be. */
export function troubleWithin({ node, name, walls, reserve, perDay, sized }: VolumeRoom): RoomTrouble | undefined {
  if (walls === undefined) return undefined;
  const commands = [...(sized ? [shellLine(['nodectl', 'storage', 'grow', larger(walls.total), node])] : []), ...show([node])];
  const has = `${name} has ${formatSize(walls.free)} of ${formatSize(walls.total)} free`;
  if (walls.free <= reserve) return { severity: 'fail', text: `${has}, and geth ends itself at ${formatSize(reserve)}.`, commands };
  const days = daysLeft(walls.free - reserve, perDay);
  const urgent = urgency(days);
  if (urgent !== undefined) return { severity: urgent, text: `${has}: enough for ${days} days as it grows now.`, commands };
  // Geth warns from there on too.
  return walls.free <= 2 * reserve
    ? { severity: 'warn', text: `${has}, and geth ends itself at ${formatSize(reserve)}.`, commands }
    : undefined;
}

/** A disk of its own, for which no other check speaks, is full, or will be. */
export function troubleOn(disk: FilesystemFacts, rooms: readonly VolumeRoom[]): RoomTrouble | undefined {
  const open = volumesOn(disk, rooms).filter(({ sized }) => !sized);
  if (open.length === 0 || !(disk.total > 0)) return undefined;
  const reserve = Math.max(...open.map((room) => room.reserve));
  const commands = show(open.map(({ node }) => node));
  const has = `${disk.mountPoint}, where ${open.map(({ name }) => name).join(', ')} ${open.length === 1 ? 'lies' : 'lie'}, has ${formatSize(disk.free)} free`;
  if (disk.free <= reserve) return { severity: 'fail', text: `${has}, and geth ends itself at ${formatSize(reserve)}.`, commands };
  const days = daysLeft(
    disk.free - reserve,
    open.reduce((sum, { perDay }) => sum + (perDay ?? 0), 0),
  );
  const urgent = urgency(days);
  return urgent && { severity: urgent, text: `${has}: enough for ${days} days as they grow now.`, commands };
}

/** More was promised than the disk has. */
export function troublePromised(disk: FilesystemFacts, rooms: readonly VolumeRoom[]): RoomTrouble | undefined {
  const bytes = owedOn(disk, rooms);
  if (bytes <= disk.free) return undefined;
  const owing = volumesOn(disk, rooms).filter(({ owed = 0 }) => owed > 0);
  const names = owing.map(({ name, owed = 0 }) => `${name} (${formatSize(owed)})`);
  const text = `${disk.mountPoint} has ${formatSize(disk.free)} free, and its volumes may still take ${formatSize(bytes)}: ${names.join(', ')}.`;
  return { severity: 'warn', text, commands: show(owing.map(({ node }) => node)) };
}

/** The volumes that lie on a disk. */
export function volumesOn(disk: FilesystemFacts, rooms: readonly VolumeRoom[]): readonly VolumeRoom[] {
  return rooms.filter((room) => room.disk?.source === disk.source);
}

/** What sizes that are only promised may still take of a disk, bytes. */
export function owedOn(disk: FilesystemFacts, rooms: readonly VolumeRoom[]): number {
  return volumesOn(disk, rooms).reduce((sum, { owed = 0 }) => sum + owed, 0);
}

function daysLeft(room: number, perDay: number | undefined): number {
  return perDay !== undefined && perDay > 0 ? Math.floor(room / perDay) : Number.POSITIVE_INFINITY;
}

function show(nodes: readonly string[]): readonly string[] {
  return [...new Set(nodes)].map((node) => shellLine(['nodectl', 'storage', 'show', node]));
}

/** Half as much again, in whole GiB. */
function larger(total: number): string {
  return `${Math.ceil((total * 1.5) / GIB)}G`;
}
