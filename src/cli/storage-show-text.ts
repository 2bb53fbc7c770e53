import { formatDuration } from '../node/duration.ts';
import { formatSize } from '../node/size.ts';
import { storageText } from '../node/storage/storage-facts.ts';
import type { StoragePart, StoragePartName, StorageShow } from '../node/storage/storage-show.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 15;

const PART_NAMES: Readonly<Record<StoragePartName, string>> = {
  chaindata: 'Chaindata',
  ancient: 'Ancient',
  state: 'State history',
  other: 'Other',
  chain: 'Chain',
  consensus: 'Consensus',
  secrets: 'Secrets',
  kept: 'Old copy',
  logs: 'Logs',
  layer: 'Layer',
};

/** What a node takes as aligned lines; what is not known says so, and a note says why. */
export function storageShowText(report: StorageShow, style: Style): string {
  const { node, network, mode, volume, parts, disk } = report;
  const rows: (readonly [string, string | null])[] = [
    ['Chain', volume && chainText(volume)],
    ['Limit', volume?.limit == null ? null : limitText(volume.limit, volume.freeBytes)],
    [
      'Disk',
      disk && `${disk.source} at ${disk.mountPoint} (${disk.type}), ${formatSize(disk.freeBytes)} of ${formatSize(disk.totalBytes)} free`,
    ],
    ['Growth', growthText(report)],
    ['Full', fullText(report)],
    ...parts.map((part): readonly [string, string] => [PART_NAMES[part.part], partText(part, volume?.name)]),
  ];
  const lines = rows.flatMap(([label, value]) => (value === null ? [] : [`  ${style.paint('dim', label.padEnd(LABEL_WIDTH))}${value}`]));
  const notes = report.notes.map((note) => `  ${style.paint('yellow', 'Note'.padEnd(LABEL_WIDTH))}${note}`);
  const what = [mode, network].filter(Boolean).join(' on ');
  return [`${style.paint('bold', node)}${what && `: ${what}`}`, ...lines, ...notes].join('\n');
}

function chainText({ usedBytes, usedAt, place }: NonNullable<StorageShow['volume']>): string {
  if (usedBytes === null) return `unknown, in ${place}`;
  return `${formatSize(usedBytes)} in ${place}${usedAt === null ? '' : `, counted ${usedAt.slice(0, 19)}Z`}`;
}

function limitText(limit: NonNullable<NonNullable<StorageShow['volume']>['limit']>, freeBytes: number | null): string {
  return `${storageText(limit)}${freeBytes === null ? '' : `, ${formatSize(freeBytes)} free`}`;
}

function growthText({ volume, growth }: StorageShow): string | null {
  if (volume === null) return null;
  if (growth === null) return 'unknown';
  const { bytesPerDay, overMs, looks } = growth;
  const pace = bytesPerDay === 0 ? 'none' : `${bytesPerDay < 0 ? '-' : ''}${formatSize(Math.abs(bytesPerDay))} a day`;
  return `${pace}, over ${formatDuration(overMs)} (${looks} looks)`;
}

function fullText({ volume, full }: StorageShow): string | null {
  if (volume === null) return null;
  if (full === null) return 'unknown';
  const { by, roomBytes, reserveBytes, bytesPerDay, inMs } = full;
  const wall = by === 'limit' ? 'its limit' : 'its disk';
  const before = reserveBytes > 0 ? `; geth ends itself at ${formatSize(reserveBytes)} free` : '';
  if (inMs === 0) return `now, by ${wall}${before}`;
  if (inMs !== null) return `in ${formatDuration(inMs)}, by ${wall} (${formatSize(bytesPerDay ?? 0)} a day)${before}`;
  const when = bytesPerDay === null ? 'unknown when' : 'not at the present pace';
  return `${when}; ${formatSize(roomBytes)} are left by ${wall}${before}`;
}

function partText({ of, bytes }: StoragePart, chain: string | undefined): string {
  const size = bytes === null ? 'unknown' : formatSize(bytes);
  return of === chain ? size : `${size.padEnd(12)}${of}`;
}
