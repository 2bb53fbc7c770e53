import { printable } from '../../node/printable.ts';
import type { KernelEntry } from '../../ports/kernel-log.ts';
import { faultLine } from './fault-line.ts';
import type { KernelRecord } from './kernel-record.ts';
import { oomReader } from './oom-reader.ts';
import { isStorageFault } from './storage-fault-line.ts';
import { userspaceKillLine } from './userspace-kill-line.ts';

const LONGEST_LINE = 600;
/** A disk that fails says so thousands of times. */
const MOST_STORAGE_FAULTS = 100;

/** What lines of the machine's log tell of deaths and disks, oldest first. Of a disk's faults the last 100 are kept. */
export function recordsFrom(entries: readonly KernelEntry[]): readonly KernelRecord[] {
  const records: KernelRecord[] = [];
  const storage: KernelRecord[] = [];
  const kills = oomReader((kill) => records.push(kill));
  for (const entry of entries) {
    const { at, writer, text } = entry;
    const lines = [printable(text, LONGEST_LINE)];
    if (writer !== 'kernel') {
      const kill = userspaceKillLine(entry);
      const process = kill?.process ?? null;
      if (kill) records.push({ kind: 'userspace-kill', at, by: writer, ...kill, process: process && printable(process, 32), lines });
      continue;
    }
    const fault = faultLine(text);
    if (fault) records.push({ kind: 'fault', at, process: printable(fault.process, 32), pid: fault.pid, lines });
    else if (isStorageFault(text)) storage.push({ kind: 'storage-fault', at, lines });
    else kills.take(at, text);
  }
  kills.end();
  return [...records, ...storage.slice(-MOST_STORAGE_FAULTS)].sort((a, b) => a.at - b.at);
}
