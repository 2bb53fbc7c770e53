import { randomBytes } from 'node:crypto';
import { NodectlError } from '../../errors.ts';
import type { ContainerSpec } from '../../ports/containers.ts';
import type { Connection } from './connection.ts';
import { containerLogs } from './container-logs.ts';
import { createContainer, removeContainer, startContainer, waitForExit } from './containers.ts';

const MEMORY = 256 * 1024 * 1024;

/** Milliseconds for a question such as `version`; an image that is still running then does not answer it. */
const DEADLINE = 60_000;

/** The most output that is kept. */
const OUTPUT_LIMIT = 256 * 1024;

/** Runs the image once, cut off from everything, and gives what it printed; the container is always removed. */
export async function runOnce(
  connection: Connection,
  image: string,
  args: readonly string[],
  labels: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const name = `nodectl-once-${randomBytes(6).toString('hex')}`;
  await createContainer(connection, throwaway(name, image, args, labels));
  try {
    await startContainer(connection, name);
    const exitCode = await exitOf(connection, name, image);
    const output = await outputOf(connection, name);
    if (exitCode !== 0 && /exec format error/i.test(output)) {
      throw new NodectlError('IMAGE_WRONG_ARCHITECTURE', `The engine's host cannot run ${image}: ${output.trim()}`);
    }
    return { exitCode, output };
  } finally {
    await removeContainer(connection, name, true);
  }
}

async function exitOf(connection: Connection, name: string, image: string): Promise<number> {
  const signal = AbortSignal.timeout(DEADLINE);
  try {
    return (await waitForExit(connection, name, signal))?.exitCode ?? 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new NodectlError('IMAGE_NOT_GETH', `${image} did not end within ${DEADLINE / 1000} s of being asked one question.`);
  }
}

async function outputOf(connection: Connection, name: string): Promise<string> {
  let output = '';
  for await (const line of containerLogs(connection, name, {})) {
    output += `${line.text}\n`;
    if (output.length > OUTPUT_LIMIT) break;
  }
  return output;
}

function throwaway(name: string, image: string, args: readonly string[], labels: Readonly<Record<string, string>>): ContainerSpec {
  return {
    name,
    image,
    args,
    labels,
    env: {},
    user: '65534:65534',
    limits: { memory: MEMORY, memorySwap: MEMORY, nanoCpus: 0, pids: 256 },
    mounts: [],
    tmpfs: {},
    ports: [],
    stopTimeoutSeconds: 1,
    restart: 'no',
    log: { maxSize: '1m', maxFiles: 1 },
    readOnlyRoot: true,
    network: 'none',
  };
}
