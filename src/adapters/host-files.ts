import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileStatus, FilesystemFacts, FileText, HostFiles } from '../ports/host-files.ts';

const READ_LIMIT = 256 * 1024;
/** Read into and copied from: one buffer for every file, most of which are a few bytes long. */
const SCRATCH = Buffer.allocUnsafeSlow(64 * 1024);

/** The host's files below `root` ('' for the machine itself; a test gives a tree of its own). */
export function hostFiles(root = ''): HostFiles {
  const at = (path: string) => (root === '' ? path : join(root, path));
  return {
    read: (path, limit = READ_LIMIT) => readText(at(path), limit),
    list: (path) => quietly(() => readdirSync(at(path))),
    status: (path) => quietly(() => fileStatus(at(path))),
    link: (path) => quietly(() => readlinkSync(at(path))),
    filesystem: (path) => quietly(() => filesystem(path, at, readText(at('/proc/self/mountinfo'), READ_LIMIT * 4))),
    uid: process.geteuid?.() ?? 0,
  };
}

function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function readText(path: string, limit: number): FileText {
  try {
    // A kernel file tells no size, and another may be endless.
    const descriptor = openSync(path, 'r');
    try {
      const parts: Buffer[] = [];
      let filled = 0;
      while (filled < limit) {
        const count = readSync(descriptor, SCRATCH, 0, Math.min(SCRATCH.length, limit - filled), null);
        if (count === 0) break;
        parts.push(Buffer.from(SCRATCH.subarray(0, count)));
        filled += count;
      }
      return { text: Buffer.concat(parts).toString('utf8') };
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { failure: 'missing' };
    return { failure: code === 'EACCES' || code === 'EPERM' ? 'denied' : 'unreadable' };
  }
}

function fileStatus(path: string): FileStatus {
  const facts = lstatSync(path);
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : facts.isBlockDevice() ? 'block' : 'other';
  return { kind, mode: facts.mode & 0o7777, uid: facts.uid, size: facts.size, allocated: facts.blocks * 512 };
}

function filesystem(path: string, at: (path: string) => string, mounts: FileText): FilesystemFacts | undefined {
  let place = path;
  while (quietly(() => statSync(at(place))) === undefined) {
    if (place === '/' || place === '.') return undefined;
    place = dirname(place);
  }
  const { bsize, blocks, bavail, files, ffree } = statfsSync(at(place));
  const mount = 'text' in mounts ? mountOf(mounts.text, place) : undefined;
  return {
    type: mount?.type ?? '',
    mountPoint: mount?.point ?? '',
    source: mount?.source ?? '',
    options: mount?.options ?? [],
    total: blocks * bsize,
    free: bavail * bsize,
    inodes: files,
    inodesFree: ffree,
  };
}

interface Mount {
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/** The last mount whose point is the longest above the path (proc(5), mountinfo; spaces are octal there). */
function mountOf(text: string, path: string): Mount | undefined {
  let best: Mount | undefined;
  for (const line of text.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , , point, options = ''] = left.split(' ');
    const [type, source = '', superOptions = ''] = right.split(' ');
    if (point === undefined || type === undefined || type === '') continue;
    const plain = unescaped(point);
    const above = plain === '/' || path === plain || path.startsWith(`${plain}/`);
    if (!above || (best !== undefined && plain.length < best.point.length)) continue;
    best = { point: plain, type, source: unescaped(source), options: [...new Set([...options.split(','), ...superOptions.split(',')])] };
  }
  return best;
}

function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
