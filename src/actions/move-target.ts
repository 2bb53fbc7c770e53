import { NodectlError } from '../errors.ts';
import { partNames } from '../node/names.ts';
import { formatSize, MIB } from '../node/size.ts';
import type { NodeSpec } from '../node/spec.ts';
import { newSizedPlace } from '../node/storage/sized-place.ts';
import type { PlaceKind, VolumePlace } from '../node/storage/volume-place.ts';
import type { FolderSize } from '../ports/folder-moves.ts';
import type { HostFiles } from '../ports/host-files.ts';

export interface TargetQuestion {
  readonly node: string;
  readonly to: PlaceKind;
  /** The folder that `--path` names. */
  readonly path: string | undefined;
  /** `--storage`, bytes. */
  readonly storage: number | undefined;
  readonly spec: NodeSpec | undefined;
  /** The engine's own folder. */
  readonly root: string;
}

/** Where a chain is to be moved, and how large that place shall be; bytes undefined for a place without a size of its own. USAGE, NO_SUCH_FILE. */
export function moveTarget(
  question: TargetQuestion,
  files: HostFiles,
): { readonly place: VolumePlace; readonly bytes: number | undefined } {
  const { node, to, path, storage, spec, root } = question;
  const { volume } = partNames(node);
  if (path !== undefined && to !== 'path') throw new NodectlError('USAGE', `--path is for --to path, not for --to ${to}.`);
  if (storage !== undefined && to !== 'sized') throw new NodectlError('USAGE', `--storage is for --to sized, not for --to ${to}.`);
  switch (to) {
    case 'volume':
      return { place: { kind: 'volume' }, bytes: undefined };
    case 'path': {
      if (path === undefined) throw new NodectlError('USAGE', '--to path needs --path, a folder that exists.');
      return { place: { kind: 'path', folder: `${folderOf(path, root, files)}/${volume}` }, bytes: undefined };
    }
    case 'sized': {
      const bytes = storage ?? spec?.storage ?? undefined;
      if (bytes === undefined) throw new NodectlError('USAGE', '--to sized needs a size: give --storage.');
      return { place: { kind: 'sized', place: newSizedPlace(volume, root) }, bytes: Math.ceil(bytes / MIB) * MIB };
    }
  }
}

function folderOf(path: string, root: string, files: HostFiles): string {
  if (!path.startsWith('/'))
    throw new NodectlError('USAGE', `--path ${path} is no absolute path.`, { hint: 'Give it from the root on: /mnt/big.' });
  const folder = path.replace(/\/+$/, '');
  if (/[\p{Cc}]|(^|\/)\.\.?(\/|$)/u.test(folder)) throw new NodectlError('USAGE', 'A --path has no control characters, `.` or `..`.');
  if (files.status(folder || '/')?.kind !== 'folder') throw new NodectlError('NO_SUCH_FILE', `There is no folder ${folder}.`);
  if (`${folder}/`.startsWith(`${root}/`)) {
    throw new NodectlError('USAGE', `${folder} is the engine's own.`, { hint: 'Give a folder elsewhere, or `--to volume`.' });
  }
  return folder;
}

/** Kept free beside a copy, bytes. */
const SPARE = 64 * MIB;

/** DISK_FULL, before anything is stopped, where a chain cannot fit; `there` is what an earlier run copied already. */
export function refuseNoRoom(
  need: FolderSize,
  { place, bytes }: ReturnType<typeof moveTarget>,
  there: FolderSize | undefined,
  { root, files }: { readonly root: string; readonly files: HostFiles },
): void {
  if (bytes !== undefined) {
    // Tables and journal of the filesystem, and what geth needs free to write at all.
    const usable = bytes * 0.97 - SPARE;
    if (need.bytes <= usable) return;
    throw new NodectlError('DISK_FULL', `The chain has ${formatSize(need.bytes)} and does not fit into ${formatSize(bytes)}.`, {
      hint: 'Give a larger --storage.',
    });
  }
  const folder = place.kind === 'path' ? place.folder : root;
  const free = files.filesystem(folder)?.free;
  const missing = need.bytes - (there?.bytes ?? 0) + SPARE;
  if (free === undefined || missing <= free) return;
  throw new NodectlError('DISK_FULL', `The chain has ${formatSize(need.bytes)}; on the disk of ${folder} ${formatSize(free)} are free.`, {
    hint: 'Free disk space there, or choose another place.',
  });
}
