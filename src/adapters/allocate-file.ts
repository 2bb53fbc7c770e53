import { closeSync, openSync, rmSync } from 'node:fs';
import { NodectlError } from '../errors.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import { hostError } from './host-error.ts';
import { runProgram } from './run-program.ts';
import { writeZeros } from './write-zeros.ts';

/** See the port. The file is opened by this process alone, which creates it; programs only work on what it made. */
export const allocateFile: HostChanges['allocate'] = async (path, bytes, allocation, onProgress, signal) => {
  let made = false;
  try {
    closeSync(openSync(path, 'wx', 0o600));
    made = true;
    if (allocation.noCopyOnWrite) await need(['chattr', '+C', path], signal);
    if (allocation.how === 'write' || !(await reserve(path, bytes, signal))) await writeZeros(path, bytes, onProgress, signal);
  } catch (thrown) {
    if (made) rmSync(path, { force: true });
    throw hostError(path, thrown);
  }
};

async function need(words: readonly string[], signal: AbortSignal): Promise<void> {
  const { exitCode, stderr } = await runProgram(words, { signal });
  if (exitCode !== 0) throw new NodectlError('HOST_REFUSED', `\`${words.join(' ')}\` failed: ${stderr}`);
}

/** False where the program or the filesystem does not know how. */
async function reserve(path: string, bytes: number, signal: AbortSignal): Promise<boolean> {
  const ran = await runProgram(['fallocate', '-l', String(bytes), path], { signal }).catch((thrown: NodectlError) => {
    if (thrown.code === 'INTERRUPTED') throw thrown;
    return undefined;
  });
  if (ran !== undefined && /No space left|quota exceeded/i.test(ran.stderr))
    throw new NodectlError('DISK_FULL', `The disk of ${path} is full.`);
  return ran?.exitCode === 0;
}
