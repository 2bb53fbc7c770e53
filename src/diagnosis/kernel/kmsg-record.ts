/** A record of the kernel's ring buffer. */
export interface KmsgRecord {
  /** Counts from 0 at boot; 0 still there means that nothing was overwritten yet. */
  readonly sequence: number;
  /** Since boot, by the clock of the kernel's log. */
  readonly microseconds: number;
  /** Undefined where a program wrote it: /dev/kmsg takes lines of whoever may write, under a facility other than the kernel's 0. */
  readonly text: string | undefined;
}

/** The low three bits of the first number are the level, the rest is the facility (syslog(2)). */
const LEVELS = 8;

/**
 * One read of /dev/kmsg: `priority,sequence,microseconds,flags[,…];text`, then lines of properties. Documented in the kernel's
 * Documentation/ABI/testing/dev-kmsg. Undefined for anything else.
 */
export function kmsgRecord(raw: string): KmsgRecord | undefined {
  const head = raw.indexOf(';');
  const [priority = '', sequence = '', microseconds = ''] = raw.slice(0, Math.max(0, head)).split(',', 3);
  const numbers = { sequence: Number(sequence), microseconds: Number(microseconds) };
  if (priority === '' || sequence === '' || microseconds === '' || !Object.values(numbers).every(Number.isSafeInteger)) return undefined;
  const level = Number(priority);
  if (!Number.isSafeInteger(level)) return undefined;
  const end = raw.indexOf('\n', head);
  const text = raw.slice(head + 1, end === -1 ? undefined : end);
  return { ...numbers, text: level >= 0 && level < LEVELS ? withoutEscapes(text) : undefined };
}

/** Bytes that are not printable ASCII are written `\x0a`. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\x')) return text;
  const bytes: number[] = [];
  for (const part of text.split(/(\\x[0-9a-f]{2})/)) {
    if (/^\\x[0-9a-f]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(2), 16));
    else bytes.push(...new TextEncoder().encode(part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
