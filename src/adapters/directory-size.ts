import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';

/** lstat counts blocks of 512 bytes, whatever the filesystem's own block size (stat(2)). */
const BLOCK = 512;

/** So many files are counted between two looks at the clock and at what else has arrived. */
const AT_ONCE = 64;

/** Bytes allocated below a path; see directorySizes. */
export async function directorySize(path: string, deadline: number, signal?: AbortSignal): Promise<number | undefined> {
  return (await directorySizes(path, [], deadline, signal))?.[''];
}

/**
 * Bytes allocated below a path, each hard-linked file once, symbolic links not followed: of every named folder below it without those
 * named ones that lie in it, and under '' of what lies in none. A file that vanishes while geth compacts is left out; any other error, or a
 * deadline (an instant) that passes, gives undefined.
 * Files are asked for one by one: the detour over the thread pool costs ten times what the kernel's answer does.
 */
export async function directorySizes<Folder extends string>(
  path: string,
  named: readonly Folder[],
  deadline: number,
  signal?: AbortSignal,
): Promise<Readonly<Record<Folder | '', number>> | undefined> {
  const parts = new Map(named.map((folder) => [join(path, folder), folder]));
  const blocks = Object.fromEntries(['', ...named].map((part) => [part, 0])) as Record<Folder | '', number>;
  const folders: { readonly folder: string; readonly part: Folder | '' }[] = [{ folder: path, part: '' }];
  const linked = new Set<string>();
  try {
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const { folder, part } = next;
      const names = orGone((asked) => readdirSync(asked), folder, folder === path) ?? [];
      for (let at = 0; at < names.length; at += AT_ONCE) {
        await pause();
        if (Date.now() > deadline || signal?.aborted) return undefined;
        for (const name of names.slice(at, at + AT_ONCE)) {
          const found = join(folder, name);
          const fact = orGone((asked) => lstatSync(asked), found, false);
          if (fact === undefined) continue;
          const own = fact.isDirectory() ? (parts.get(found) ?? part) : part;
          if (fact.isDirectory()) folders.push({ folder: found, part: own });
          else if (fact.nlink > 1 && seen(linked, `${fact.dev}:${fact.ino}`)) continue;
          blocks[own] += fact.blocks * BLOCK;
        }
      }
    }
    return Date.now() > deadline ? undefined : blocks;
  } catch {
    return undefined;
  }
}

function orGone<T>(look: (path: string) => T, path: string, needed: boolean): T | undefined {
  try {
    return look(path);
  } catch (error) {
    if (!needed && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function seen(set: Set<string>, key: string): boolean {
  if (set.has(key)) return true;
  set.add(key);
  return false;
}
