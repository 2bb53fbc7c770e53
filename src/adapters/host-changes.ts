import { linkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HostChanges } from '../ports/host-changes.ts';
import { allocateFile } from './allocate-file.ts';
import { changing } from './host-error.ts';
import { machineLock } from './machine-lock.ts';
import { replaceFile } from './replace-file.ts';
import { runProgram } from './run-program.ts';

/** Acts on this machine. */
export function hostChanges(): HostChanges {
  return {
    run: runProgram,
    writeFile: replaceFile,
    removeFile: (path) => changing(path, () => rmSync(path, { force: true })),
    publish,
    allocate: allocateFile,
    setKernelValue: (path, value) => changing(path, () => writeFileSync(path, value, { flag: 'r+' })),
    resolve,
    lock: machineLock,
  };
}

/** A second name and then one name: unlike a rename it never replaces what got that name meanwhile. */
function publish(from: string, to: string): void {
  changing(to, () => linkSync(from, to));
  changing(from, () => rmSync(from));
}

function resolve(path: string): string | undefined {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return undefined;
  }
}
