import { NodectlError } from '../../errors.ts';
import type { Ran } from '../../ports/volume-run.ts';
import type { Connection } from './connection.ts';
import { engineError } from './engine-error.ts';
import { createExecution, executionPurpose, exitOf } from './execution.ts';
import { programOutput } from './program-output.ts';

/**
 * Runs a program in a running container, as the container's user. NO_SUCH_NODE, NODE_NOT_RUNNING, CONTAINER_PAUSED; TIMED_OUT
 * when it has not ended in time: the engine knows no way to end it, so it goes on.
 */
export async function exec(connection: Connection, container: string, words: readonly string[], timeoutMs: number): Promise<Ran> {
  const signal = AbortSignal.timeout(timeoutMs);
  const purpose = executionPurpose({ container, words });
  try {
    const id = await createExecution(connection, { container, words, signal });
    const output = await outputOf(connection, id, signal, purpose);
    return { exitCode: await exitOf(connection, id, purpose, signal), ...output };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new NodectlError('TIMED_OUT', `${words[0]} did not end within ${timeoutMs / 1000} s in the container ${container}.`, {
      cause: error,
    });
  }
}

async function outputOf(connection: Connection, id: string, signal: AbortSignal, purpose: string): Promise<Pick<Ran, 'stdout' | 'stderr'>> {
  const request = {
    method: 'POST',
    path: `/exec/${id}/start`,
    body: { Detach: false, Tty: false },
    accept: [200],
    signal,
    purpose,
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
