import type { KernelEntry } from '../../ports/kernel-log.ts';
import { faultLine } from './fault-line.ts';
import { isPiece, oomLine } from './oom-lines.ts';
import { isStorageFault } from './storage-fault-line.ts';
import { userspaceKillLine } from './userspace-kill-line.ts';

/** Whether a line is worth keeping: `recordsFrom` makes the same of a log with all lines and of one with these alone. */
export function isTelling(entry: KernelEntry): boolean {
  if (entry.writer !== 'kernel') return userspaceKillLine(entry) !== undefined;
  const { text } = entry;
  return oomLine(text) !== undefined || isPiece(text) || faultLine(text) !== undefined || isStorageFault(text);
}
