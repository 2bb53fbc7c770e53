import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { NodectlError } from '../../errors.ts';
import { changing } from '../host-error.ts';

/** A file that another machine writes changes at least so often. */
const STALE_MS = 600_000;

/** A file that has its name only when it is whole. */
export interface PartialFile {
  readonly fd: number;
  /** Gives the file its name, once it is on the disk, and tells its bytes. HOST_REFUSED when something has that name meanwhile. */
  publish(): number;
  discard(): void;
}

/** HOST_REFUSED when the file exists, PERMISSION, NO_SUCH_FILE when there is no such folder. */
export function partialFile(path: string): PartialFile {
  const file = resolve(path);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new NodectlError('NO_SUCH_FILE', `There is no folder ${folder}.`);
  if (existsSync(file))
    throw new NodectlError('HOST_REFUSED', `${file} exists already. It is left as it is.`, { hint: 'Name another file.' });
  sweep(folder, basename(file));
  const partial = `${file}.${hostname()}.${process.pid}.part`;
  rmSync(partial, { force: true });
  const fd = changing(file, () => openSync(partial, 'wx', 0o600));
  const discard = () => {
    closeSync(fd);
    rmSync(partial, { force: true });
  };
  const publish = () => {
    const { size } = changing(file, () => {
      fsyncSync(fd);
      return fstatSync(fd);
    });
    changing(file, () => giveName(partial, file));
    closeSync(fd);
    syncFolder(folder);
    return size;
  };
  return { fd, publish, discard };
}

/** Unlike a rename, a second name never replaces what got that name meanwhile; vfat and its like know no second names. */
function giveName(partial: string, file: string): void {
  try {
    linkSync(partial, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '') || existsSync(file))
      throw error;
    renameSync(partial, file);
    return;
  }
  rmSync(partial);
}

/** What a nodectl that was killed left of the same archive. */
function sweep(folder: string, name: string): void {
  for (const other of readdirSync(folder)) {
    const [, host, pid] = other.startsWith(`${name}.`) ? (/^\.(.+)\.(\d+)\.part$/.exec(other.slice(name.length)) ?? []) : [];
    if (host === undefined) continue;
    const path = join(folder, other);
    const seen = statSync(path, { throwIfNoEntry: false });
    const over = host === hostname() ? !isAlive(Number(pid)) : Date.now() - (seen?.mtimeMs ?? 0) > STALE_MS;
    if (seen?.isFile() && over) rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch {
    // Some filesystems know no fsync of a folder.
  } finally {
    closeSync(fd);
  }
}
