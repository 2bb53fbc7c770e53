import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { NodectlError } from '../../errors.ts';
import type { BuiltBinary } from '../../ports/images.ts';

const RECORD = z.object({ moduleSum: z.string(), goVersion: z.string(), size: z.number() });

/** `$XDG_CACHE_HOME/nodectl` or `~/.cache/nodectl`; without a home, /var/cache/nodectl for root and a private folder of /tmp otherwise. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'nodectl');
  if (env.HOME?.startsWith('/')) return join(env.HOME, '.cache', 'nodectl');
  const user = process.getuid?.() ?? 0;
  return user === 0 ? '/var/cache/nodectl' : join(tmpdir(), `nodectl-${user}`);
}

/** Binaries by version and architecture; an entry is whole or not there. */
export interface BuildCache {
  readonly entry: string;
  readonly lock: string;
  read(): BuiltBinary | undefined;
  /** An empty folder to build in, after removing those that killed builds left. Only the holder of the lock calls it. */
  freshWorkFolder(): string;
  /** Makes the binary `geth` in the work folder the entry. */
  publish(workFolder: string, facts: { readonly moduleSum: string; readonly goVersion: string }): BuiltBinary;
}

/** The cache's place for one version; PERMISSION when the folder cannot be made or is someone else's. */
export function buildCache(root: string, version: string, architecture: string): BuildCache {
  const folder = join(root, 'geth');
  makeOwnFolder(root);
  makeOwnFolder(folder);
  const name = `${version}-linux-${architecture}`;
  const entry = join(folder, name);
  const work = `.${name}.work-`;
  return {
    entry,
    lock: join(folder, `.${name}.lock`),
    read: () => readEntry(entry),
    freshWorkFolder() {
      for (const left of readdirSync(folder)) if (left.startsWith(work)) rmSync(join(folder, left), { recursive: true, force: true });
      const fresh = join(folder, `${work}${process.pid}`);
      mkdirSync(fresh);
      return fresh;
    },
    publish(workFolder, facts) {
      const { size } = statSync(join(workFolder, 'geth'));
      writeFileSync(join(workFolder, 'build.json'), `${JSON.stringify({ ...facts, size })}\n`);
      rmSync(entry, { recursive: true, force: true });
      renameSync(workFolder, entry);
      return { path: join(entry, 'geth'), ...facts, fromCache: false };
    },
  };
}

function readEntry(entry: string): BuiltBinary | undefined {
  try {
    const { moduleSum, goVersion, size } = z.parse(RECORD, JSON.parse(readFileSync(join(entry, 'build.json'), 'utf8')));
    const path = join(entry, 'geth');
    return statSync(path).size === size ? { path, moduleSum, goVersion, fromCache: true } : undefined;
  } catch {
    return undefined;
  }
}

function makeOwnFolder(path: string): void {
  const refuse = (why: string, cause?: unknown) =>
    new NodectlError('PERMISSION', `Cannot keep built binaries in ${path}: ${why}.`, {
      hint: 'Set XDG_CACHE_HOME to a folder of yours.',
      cause,
    });
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOSPC')
      throw new NodectlError('DISK_FULL', `The disk of ${path} is full.`, { cause: error });
    throw refuse((error as Error).message, error);
  }
  const facts = lstatSync(path);
  const user = process.getuid?.() ?? 0;
  // In /tmp anyone may have made it first, and what lies in it will be run.
  if (user !== 0 && facts.uid !== user) throw refuse('it belongs to someone else');
}
