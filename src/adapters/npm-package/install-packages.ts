import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OnProgress } from '../../ports/progress.ts';
import { makeOwnFolder } from '../go-toolchain/build-cache.ts';
import { withBuildLock } from '../go-toolchain/build-lock.ts';
import { runNpm } from './npm-command.ts';

const LOCK_FILE = 'package-lock.json';
const WHOLE = '.whole';

interface Order {
  /** The program's name, and the folder with its package.json and package-lock.json. */
  readonly program: string;
  readonly source: string;
  readonly cacheRoot: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The folder of installed packages for exactly this lock file, made once; a second nodectl waits for the first. An entry is whole or
 * not there: it is installed beside its place and then renamed.
 */
export async function installPackages(order: Order): Promise<{ readonly folder: string; readonly lockSum: string }> {
  const { program, source, cacheRoot, onProgress, signal } = order;
  const lockSum = createHash('sha256')
    .update(readFileSync(join(source, LOCK_FILE)))
    .digest('hex');
  const shelf = join(cacheRoot, 'npm');
  const entry = join(shelf, `${program}-${lockSum.slice(0, 16)}`);
  const found = { folder: join(entry, 'node_modules'), lockSum };
  makeOwnFolder(cacheRoot);
  makeOwnFolder(shelf);
  if (existsSync(join(entry, WHOLE))) return found;
  const onWait = (pid: number) =>
    onProgress({ what: `Another nodectl (process ${pid}) installs ${program}`, done: 0, total: 0, unit: 'packages' });
  return withBuildLock(join(shelf, `.${program}.lock`), { onWait, signal }, async () => {
    if (existsSync(join(entry, WHOLE))) return found;
    const work = freshWorkFolder(shelf, program);
    try {
      for (const name of ['package.json', LOCK_FILE]) copyFileSync(join(source, name), join(work, name));
      const total = countPackages(join(source, LOCK_FILE));
      onProgress({ what: `Installing ${program} (${total} packages, about half a minute)`, done: 0, total: 0, unit: 'packages' });
      await runNpm(work, signal);
      writeFileSync(join(work, WHOLE), '');
      rmSync(entry, { recursive: true, force: true });
      renameSync(work, entry);
      return found;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

/** An empty folder, after removing those that killed runs left; only the holder of the lock calls it. */
function freshWorkFolder(shelf: string, program: string): string {
  const prefix = `.${program}.work-`;
  for (const left of readdirSync(shelf)) if (left.startsWith(prefix)) rmSync(join(shelf, left), { recursive: true, force: true });
  const fresh = join(shelf, `${prefix}${process.pid}`);
  mkdirSync(fresh);
  return fresh;
}

function countPackages(lockFile: string): number {
  const { packages = {} } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages?: object };
  return Object.keys(packages).length - 1;
}
