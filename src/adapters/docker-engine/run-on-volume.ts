import type { Ran, VolumeRun } from '../../ports/volume-run.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { engineError } from './engine-error.ts';
import { programOutput } from './program-output.ts';
import { runThrowaway } from './throwaway.ts';

/** Runs a program once on a volume; its root is writable, because files are put there. The container is always removed. */
export async function runOnVolume(connection: Connection, request: VolumeRun): Promise<Ran> {
  const { image, args, entrypoint, network, labels, volume, target, user, files, memory, timeoutMs, signal } = request;
  const { exitCode, read } = await runThrowaway(
    connection,
    {
      ...{ image, args, entrypoint, network, labels, user, files, memory, timeoutMs, signal },
      mounts: [{ volume, target }],
      // With one file the engine would drop all of it when it is full.
      log: { maxSize: '16m', maxFiles: 2 },
      readOnlyRoot: false,
    },
    (name) => outputOf(connection, name),
  );
  return { exitCode, ...read };
}

async function outputOf(connection: Connection, name: string): Promise<Pick<Ran, 'stdout' | 'stderr'>> {
  const request = {
    method: 'GET',
    path: containerPath(name, 'logs'),
    query: { stdout: true, stderr: true },
    accept: [200],
    purpose: `read what ${name} printed`,
  } as const;
  const answer = await connection.open(request);
  try {
    return await programOutput(answer);
  } catch (error) {
    throw engineError(error, connection.endpoint, request);
  } finally {
    answer.destroy();
  }
}
