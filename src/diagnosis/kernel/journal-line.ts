import type { KernelEntry } from '../../ports/kernel-log.ts';

/** A line of the journal of the kernel, or of a program that kills in its stead. */
export interface JournalLine extends KernelEntry {
  /** 32 hex digits; '' where it is not told. */
  readonly boot: string;
  /** Since that boot by the clock of the kernel's log, where the kernel wrote it. */
  readonly microseconds: number | undefined;
}

const UNITS: Readonly<Record<string, KernelEntry['writer']>> = {
  'systemd-oomd.service': 'systemd-oomd',
  'earlyoom.service': 'earlyoom',
};

/**
 * One line of `journalctl -o json`. Who wrote it is taken from the journal's own fields, which no program can set
 * (systemd.journal-fields(7), those with an underscore), and of the kernel's only what has its own facility: what a program writes
 * into /dev/kmsg comes the same way. Undefined for all others.
 */
export function journalLine(json: string): JournalLine | undefined {
  const fields = parsed(json);
  if (fields === undefined) return undefined;
  const received = microsecondsOf(fields.__REALTIME_TIMESTAMP);
  const text = message(fields.MESSAGE);
  const writer = writerOf(fields);
  if (writer === undefined || text === undefined || received === undefined) return undefined;
  const microseconds = writer === 'kernel' ? microsecondsOf(fields._SOURCE_MONOTONIC_TIMESTAMP) : undefined;
  const lag = microseconds === undefined ? 0 : lagOf(microsecondsOf(fields.__MONOTONIC_TIMESTAMP) ?? 0, microseconds);
  return { at: (received - lag) / 1000, writer, text, boot: typeof fields._BOOT_ID === 'string' ? fields._BOOT_ID : '', microseconds };
}

/** What the clock of the kernel's log may be off without anybody having waited. */
const LEAST_LAG = 2_000_000;
const DRIFT = 50e-6;

/** How long a line of the kernel waited for the journal, which takes all there are when it begins; both since boot. */
function lagOf(received: number, written: number): number {
  const lag = received - written;
  return lag > LEAST_LAG + received * DRIFT ? lag : 0;
}

function microsecondsOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : undefined;
}

function writerOf(fields: Readonly<Record<string, unknown>>): KernelEntry['writer'] | undefined {
  if (fields._TRANSPORT === 'kernel') return fields.SYSLOG_FACILITY === '0' ? 'kernel' : undefined;
  const { _SYSTEMD_UNIT: unit } = fields;
  return typeof unit === 'string' && Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
}

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes where it is not printable UTF-8; null where it is long. */
function message(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(value));
}
