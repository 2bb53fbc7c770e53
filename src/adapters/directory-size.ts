import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** lstat counts blocks of 512 bytes, whatever the filesystem's own block size (stat(2)). */
const BLOCK = 512;
const AT_ONCE = 64;

/**
 * Bytes allocated below a path, each hard-linked file once, symbolic links not followed. A file that vanishes while geth
 * compacts is left out; any other error, or a deadline (an instant) that passes, gives undefined.
 */
export async function directorySize(path: string, deadline: number): Promise<number | undefined> {
  const folders = [path];
  const linked = new Set<string>();
  let blocks = 0;
  try {
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const entries = await orGone(readdir(folder, { withFileTypes: true }), folder === path);
      for (let at = 0; at < (entries?.length ?? 0); at += AT_ONCE) {
        if (Date.now() > deadline) return undefined;
        const slice: Dirent[] = entries?.slice(at, at + AT_ONCE) ?? [];
        const facts = await Promise.all(slice.map((entry) => orGone(lstat(join(folder, entry.name)), false)));
        for (const [index, fact] of facts.entries()) {
          if (fact === undefined) continue;
          if (fact.isDirectory()) folders.push(join(folder, slice[index]?.name ?? ''));
          else if (fact.nlink > 1 && seen(linked, `${fact.dev}:${fact.ino}`)) continue;
          blocks += fact.blocks;
        }
      }
    }
    return Date.now() > deadline ? undefined : blocks * BLOCK;
  } catch {
    return undefined;
  }
}

async function orGone<T>(found: Promise<T>, needed: boolean): Promise<T | undefined> {
  try {
    return await found;
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
