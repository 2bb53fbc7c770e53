import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod/mini';
import { parseNodeName } from '../node/names.ts';
import { JOURNAL_KINDS, type Journal, type JournalRecord } from '../ports.ts';

/** A file is put aside at this size, and one older file is kept. */
const MAX_BYTES = 1024 * 1024;
/** Records are a few dozen bytes; what is longer is not one of ours. */
const MAX_LINE = 4096;

const Record = z.object({
  time: z.number(),
  kind: z.enum(JOURNAL_KINDS),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/**
 * The evidence journal as one NDJSON file per node, readable by its owner only. In $XDG_STATE_HOME/nodectl, else
 * /var/lib/nodectl for root, else ~/.local/state/nodectl; without any of them it remembers nothing.
 */
export function journalFiles(env: Readonly<Record<string, string | undefined>>, isRoot = process.getuid?.() === 0): Journal {
  const folder = journalFolder(env, isRoot);
  return {
    append(node, record) {
      quietly(() => folder !== undefined && append(folder, parseNodeName(node), { time: Date.now(), ...record }), false);
    },
    read(node, last) {
      if (folder === undefined) return [];
      const name = quietly(() => parseNodeName(node), undefined);
      if (name !== undefined && last !== undefined) return readRecords(path(folder, name), last);
      return name === undefined ? [] : [olderPath(folder, name), path(folder, name)].flatMap((file) => readRecords(file));
    },
  };
}

function journalFolder(env: Readonly<Record<string, string | undefined>>, isRoot: boolean): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  // The XDG specification has relative paths ignored.
  if (state !== undefined && isAbsolute(state)) return join(state, 'nodectl');
  if (isRoot) return '/var/lib/nodectl';
  return home !== undefined && isAbsolute(home) ? join(home, '.local/state/nodectl') : undefined;
}

/** Node names hold no dot, so the two files of one node never meet another node's. */
function path(folder: string, node: string): string {
  return join(folder, `${node}.ndjson`);
}
function olderPath(folder: string, node: string): string {
  return join(folder, `${node}.older.ndjson`);
}

function append(folder: string, node: string, record: JournalRecord): boolean {
  const line = `${JSON.stringify(record)}\n`;
  if (line.length > MAX_LINE) return false;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path(folder, node);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) + line.length > MAX_BYTES) renameSync(file, olderPath(folder, node));

  const { O_APPEND, O_CREAT, O_RDWR, O_NOFOLLOW } = constants;
  const descriptor = openSync(file, O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW, 0o600);
  try {
    // One write per record, so that two nodectls at once do not mix their lines; a torn last line is ended first.
    writeSync(descriptor, endsTorn(descriptor) ? `\n${line}` : line);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function endsTorn(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function readRecords(file: string, last?: number): JournalRecord[] {
  const text = quietly(() => (last === undefined ? wholeText(file) : endOf(file, last)), '');
  return text.split('\n').flatMap((line) => {
    const parsed = quietly(() => Record.safeParse(JSON.parse(line)), undefined);
    return parsed?.success ? [parsed.data] : [];
  });
}

function wholeText(file: string): string {
  return statSync(file).size > 2 * MAX_BYTES ? '' : readFileSync(file, 'utf8');
}

/** A line that was cut at its beginning is no record. */
function endOf(file: string, bytes: number): string {
  const { O_RDONLY, O_NOFOLLOW } = constants;
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW);
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(bytes, size));
    return end.toString('utf8', 0, readSync(descriptor, end, 0, end.length, size - end.length));
  } finally {
    closeSync(descriptor);
  }
}

/** The journal is never needed: whatever goes wrong with it is as if it were not there. */
function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
