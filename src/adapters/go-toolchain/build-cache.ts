import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { NodectlError } from '../../errors.ts';
import type { BuildOrder, BuiltBinary } from '../../ports/images.ts';

/** `size` is of all binaries together, bytes. */
const RECORD = z.object({ moduleSum: z.string(), goVersion: z.string(), size: z.number() });
const RECORD_FILE = 'build.json';

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
  /** What is there, when it is whole and has all of these commands; the path is the first one's. */
  read(commands: readonly string[]): BuiltBinary | undefined;
  /** The commands of a whole entry. */
  commands(): readonly string[];
  /** An empty folder to build in, after removing those that killed builds left. Only the holder of the lock calls it. */
  freshWorkFolder(): string;
  /** Makes the work folder, with nothing in it but these commands, the entry; the path is the first one's. */
  publish(workFolder: string, commands: readonly string[], facts: Pick<BuiltBinary, 'moduleSum' | 'goVersion'>): BuiltBinary;
}

/** The cache's place for one version of a program; PERMISSION when the folder cannot be made or is someone else's. */
export function buildCache(root: string, { program, version, architecture }: BuildOrder): BuildCache {
  const folder = join(root, program);
  makeOwnFolder(root);
  makeOwnFolder(folder);
  const name = `${version}-linux-${architecture}`;
  const entry = join(folder, name);
  const work = `.${name}.work-`;
  return {
    entry,
    lock: join(folder, `.${name}.lock`),
    read(commands) {
      const found = readEntry(entry);
      const [first = ''] = commands;
      if (found === undefined || !commands.every((command) => found.commands.includes(command))) return undefined;
      return { path: join(entry, first), moduleSum: found.moduleSum, goVersion: found.goVersion, fromCache: true };
    },
    commands: () => readEntry(entry)?.commands ?? [],
    freshWorkFolder() {
      for (const left of readdirSync(folder)) if (left.startsWith(work)) rmSync(join(folder, left), { recursive: true, force: true });
      const fresh = join(folder, `${work}${process.pid}`);
      mkdirSync(fresh);
      return fresh;
    },
    publish(workFolder, commands, facts) {
      const size = sizeOf(workFolder, commands);
      writeFileSync(join(workFolder, RECORD_FILE), `${JSON.stringify({ ...facts, size })}\n`);
      rmSync(entry, { recursive: true, force: true });
      renameSync(workFolder, entry);
      return { path: join(entry, commands[0] ?? ''), ...facts, fromCache: false };
    },
  };
}

function readEntry(entry: string) {
  try {
    const { size, ...facts } = z.parse(RECORD, JSON.parse(readFileSync(join(entry, RECORD_FILE), 'utf8')));
    const commands = readdirSync(entry).filter((name) => name !== RECORD_FILE);
    return sizeOf(entry, commands) === size ? { ...facts, commands } : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(folder: string, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Makes a folder that nobody else can have made before us. PERMISSION, DISK_FULL. */
export function makeOwnFolder(path: string): void {
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
