import { chmodSync, chownSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { NodectlError } from '../errors.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import { allocateFile } from './allocate-file.ts';

/** Acts on this machine. */
export function hostChanges(): HostChanges {
  return { run, writeFile, removeFile: (path) => quietly(path, () => rmSync(path, { force: true })), allocate: allocateFile };
}

const run: HostChanges['run'] = async ([program = '', ...args], options = {}) => {
  const result = await execa(program, args, {
    reject: false,
    stdin: 'ignore',
    env: { LC_ALL: 'C' },
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (result.isCanceled) throw new NodectlError('INTERRUPTED', `Interrupted in \`${program}\`.`);
  if (result.timedOut) throw new NodectlError('HOST_REFUSED', `\`${program}\` did not end within ${(options.timeoutMs ?? 0) / 1000} s.`);
  if (result.code === 'ENOENT') throw new NodectlError('HOST_REFUSED', `There is no program ${program} on this machine.`);
  return { exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr || (result.shortMessage ?? '') };
};

function writeFile(path: string, text: string, mode: number): void {
  const fresh = join(dirname(path), `.${path.split('/').at(-1)}.nodectl-${process.pid}`);
  quietly(path, () => {
    const before = statSync(path, { throwIfNoEntry: false });
    try {
      const descriptor = openSync(fresh, 'wx', mode);
      try {
        writeSync(descriptor, text);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      if (before !== undefined) {
        chownSync(fresh, before.uid, before.gid);
        chmodSync(fresh, before.mode & 0o7777);
      }
      renameSync(fresh, path);
    } catch (thrown) {
      rmSync(fresh, { force: true });
      throw thrown;
    }
  });
}

function quietly(path: string, act: () => void): void {
  try {
    act();
  } catch (thrown) {
    throw hostError(path, thrown);
  }
}

function hostError(path: string, thrown: unknown): NodectlError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new NodectlError('DISK_FULL', `The disk of ${path} is full.`, { cause: thrown });
  if (code === 'EACCES' || code === 'EPERM') {
    return new NodectlError('PERMISSION', `${path} cannot be changed without root.`, { cause: thrown });
  }
  if (code === 'EROFS')
    return new NodectlError('HOST_REFUSED', `${path} lies on a filesystem that is mounted read-only.`, { cause: thrown });
  return new NodectlError('HOST_REFUSED', `${path} cannot be changed: ${message}`, { cause: thrown });
}
