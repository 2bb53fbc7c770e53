import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../errors.ts';
import type { Ran } from '../../ports/volume-run.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';
import { engineError } from './engine-error.ts';
import { programOutput } from './program-output.ts';

interface Execution {
  readonly Running: boolean;
  readonly ExitCode: number | null;
}

/**
 * Runs a program in a running container, as the container's user. NO_SUCH_NODE, NODE_NOT_RUNNING, CONTAINER_PAUSED; TIMED_OUT
 * when it has not ended in time: the engine knows no way to end it, so it goes on.
 */
export async function exec(connection: Connection, container: string, words: readonly string[], timeoutMs: number): Promise<Ran> {
  const signal = AbortSignal.timeout(timeoutMs);
  const purpose = `run ${words[0]} in the container ${container}`;
  try {
    const { body } = await connection.ask({
      method: 'POST',
      path: containerPath(container, 'exec'),
      body: { AttachStdout: true, AttachStderr: true, Tty: false, Cmd: [...words] },
      accept: [201],
      signal,
      purpose,
    });
    const id = (body as { Id: string }).Id;
    const output = await outputOf(connection, id, signal, purpose);
    return { exitCode: await exitOf(connection, id, signal, purpose), ...output };
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

/** The output ends a moment before the engine has noted the exit code. */
async function exitOf(connection: Connection, id: string, signal: AbortSignal, purpose: string): Promise<number> {
  while (true) {
    const { body } = await connection.ask({ method: 'GET', path: `/exec/${id}/json`, accept: [200], signal, purpose });
    const { Running, ExitCode } = body as Execution;
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(20, undefined, { signal });
  }
}
