import { randomBytes } from 'node:crypto';
import { NodectlError } from '../../errors.ts';
import type { ContainerSpec, PlacedFile } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';
import { createContainer, removeContainer, startContainer, waitForExit } from './containers.ts';

/** What differs between containers that run once. */
export type Throwaway = Pick<ContainerSpec, 'image' | 'args' | 'entrypoint' | 'labels' | 'user' | 'mounts' | 'log' | 'readOnlyRoot'> & {
  /** Left out, it has none. */
  readonly network?: 'bridge' | undefined;
  /** Bytes, without swap. */
  readonly memory: number;
  readonly files: readonly PlacedFile[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs a container without capabilities to its end and gives what `read` makes of it; it is always removed.
 * TIMED_OUT, INTERRUPTED, NO_SUCH_IMAGE.
 */
export async function runThrowaway<T>(
  connection: Connection,
  request: Throwaway,
  read: (container: string) => Promise<T>,
): Promise<{ readonly exitCode: number; readonly read: T }> {
  const name = `nodectl-once-${randomBytes(6).toString('hex')}`;
  const { image, args, entrypoint, labels, user, mounts, log, readOnlyRoot } = request;
  if (request.signal?.aborted) throw new NodectlError('INTERRUPTED', `Interrupted before ${image} was run.`);
  await createContainer(connection, {
    ...{ name, image, args, entrypoint, labels, user, mounts, log, readOnlyRoot },
    env: {},
    limits: { memory: request.memory, memorySwap: request.memory, nanoCpus: 0, pids: 256 },
    tmpfs: {},
    ports: [],
    stopTimeoutSeconds: 1,
    restart: 'no',
    network: request.network ?? 'none',
  });
  try {
    if (request.files.length > 0) await place(connection, name, request);
    await startContainer(connection, name);
    return { exitCode: await exitOf(connection, name, request), read: await read(name) };
  } finally {
    await removeContainer(connection, name, true);
  }
}

async function place(connection: Connection, name: string, { files, user }: Throwaway): Promise<void> {
  const [uid = 0, gid = uid] = user.split(':').map(Number);
  const { putFiles } = await import('./put-files.ts');
  await putFiles(connection, name, files, { uid, gid });
}

async function exitOf(connection: Connection, name: string, request: Throwaway): Promise<number> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    const facts = await waitForExit(connection, name, signal);
    if (facts) return facts.exitCode;
  } catch (error) {
    if (!timeout.aborted || request.signal?.aborted) throw error;
    throw new NodectlError('TIMED_OUT', `${request.image} did not end within ${request.timeoutMs / 1000} s.`, { cause: error });
  }
  throw new NodectlError('CONVERGENCE_FAILED', `The container ${name} was removed while it ran.`);
}
