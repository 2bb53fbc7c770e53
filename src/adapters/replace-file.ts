import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HostChanges } from '../ports/host-changes.ts';
import { changing } from './host-error.ts';

/** See the port: whoever reads the file sees the old text or the new one, also after a power cut. */
export const replaceFile: HostChanges['writeFile'] = (path, text, mode) => {
  changing(path, () => {
    const before = statSync(path, { throwIfNoEntry: false });
    const target = before === undefined ? path : realpathSync(path);
    const folder = dirname(target);
    removeLeftovers(folder, basename(target));
    const fresh = join(folder, `.${basename(target)}.nodectl-${process.pid}`);
    try {
      const descriptor = openSync(fresh, 'wx', mode);
      try {
        writeFileSync(descriptor, text);
        if (before !== undefined) {
          chownSync(fresh, before.uid, before.gid);
          chmodSync(fresh, before.mode & 0o7777);
        }
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(fresh, target);
    } catch (thrown) {
      rmSync(fresh, { force: true });
      throw thrown;
    }
    syncFolder(folder);
  });
};

/** What a run that was killed between writing and renaming left; the files of runs that live are theirs. */
function removeLeftovers(folder: string, name: string): void {
  const start = `.${name}.nodectl-`;
  for (const left of readdirSync(folder)) {
    const pid = left.startsWith(start) ? Number(left.slice(start.length)) : 0;
    if (Number.isSafeInteger(pid) && pid > 0 && (pid === process.pid || !lives(pid))) rmSync(join(folder, left), { force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A rename is lasting once its folder is. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
