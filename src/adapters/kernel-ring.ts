import { closeSync, constants, openSync, readSync } from 'node:fs';
import { isTelling } from '../diagnosis/kernel/is-telling.ts';
import { kmsgRecord } from '../diagnosis/kernel/kmsg-record.ts';
import type { KernelEntry } from '../ports/kernel-log.ts';

/** The kernel gives no record of more than 8 KiB (CONSOLE_EXT_LOG_MAX). */
const LARGEST_RECORD = 16 * 1024;
/** Of telling lines, some six of which belong to one kill. */
export const MOST_ENTRIES = 5_000;

/** Raw records of the kernel's ring buffer, oldest first, up to now. Throws what opening it throws. */
export function* ringRecords(path = '/dev/kmsg'): Generator<string, void, undefined> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.allocUnsafe(LARGEST_RECORD);
  try {
    for (;;) {
      const record = nextRecord(descriptor, buffer);
      if (record === 'end') return;
      if (record !== 'overwritten') yield record.text;
    }
  } finally {
    closeSync(descriptor);
  }
}

function nextRecord(descriptor: number, buffer: Buffer): { readonly text: string } | 'end' | 'overwritten' {
  try {
    const count = readSync(descriptor, buffer);
    return count === 0 ? 'end' : { text: buffer.toString('utf8', 0, count) };
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPIPE' ? 'overwritten' : 'end';
  }
}

/** When the kernel's clock began, as the machine's clock has it now. */
export interface RingClock {
  /** Instant, ms, of microsecond 0 of the log. */
  readonly zero: number;
  /** An instant by `performance.now()` after which nothing is read any more. */
  readonly deadline: number;
}

export interface Ring {
  readonly entries: readonly KernelEntry[];
  /** Instant from which on it is complete. */
  readonly since: number;
  /** Of the first record that is still there. */
  readonly firstMicroseconds: number;
}

/** The kernel's own telling lines in the ring; in words why not where it cannot be read. */
export function readRing(records: () => Iterable<string>, { zero, deadline }: RingClock): Ring | { readonly blind: string } {
  let first: { readonly microseconds: number; readonly sequence: number } | undefined;
  let entries: KernelEntry[] = [];
  let cutAt: number | undefined;
  try {
    for (const raw of records()) {
      const record = kmsgRecord(raw);
      if (record === undefined) continue;
      first ??= record;
      // Its newest lines would be missing, and those tell most.
      if (performance.now() > deadline) return { blind: '/dev/kmsg has more lines than can be read in a second' };
      const entry = { at: zero + record.microseconds / 1000, writer: 'kernel', text: record.text ?? '' } as const;
      if (record.text === undefined || !isTelling(entry)) continue;
      entries.push(entry);
      if (entries.length < 2 * MOST_ENTRIES) continue;
      entries = entries.slice(-MOST_ENTRIES);
      cutAt = entries[0]?.at;
    }
  } catch (thrown) {
    return { blind: reason((thrown as NodeJS.ErrnoException).code) };
  }
  if (first === undefined) return { blind: '/dev/kmsg shows nothing' };
  // Record 0 is the first of this boot, before which the kernel had nothing to say.
  const begun = first.sequence === 0 ? zero : zero + first.microseconds / 1000;
  return { entries, since: cutAt ?? begun, firstMicroseconds: first.microseconds };
}

function reason(code: string | undefined): string {
  if (code === 'EPERM' || code === 'EACCES') return '/dev/kmsg is for root alone';
  return code === 'ENOENT' ? 'there is no /dev/kmsg, as inside a container' : `/dev/kmsg cannot be read (${code})`;
}
