import { NodectlError } from '../../errors.ts';
import { runProgram } from '../run-program.ts';

/** Resolves when all that was written to a folder's filesystem is on its disk (sync(1)). DISK_FULL, HOST_REFUSED. */
export async function onDisk(folder: string): Promise<void> {
  const { exitCode, stderr } = await runProgram(['sync', '-f', folder]);
  if (exitCode !== 0)
    throw new NodectlError(
      /no space left/i.test(stderr) ? 'DISK_FULL' : 'HOST_REFUSED',
      `What is in ${folder} could not be written: ${stderr}`,
    );
}
