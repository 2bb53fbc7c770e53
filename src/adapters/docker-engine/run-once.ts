import { NodectlError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { containerLogs } from './container-logs.ts';
import { runThrowaway } from './throwaway.ts';

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
  const request = {
    ...{ image, args, labels },
    user: '65534:65534',
    mounts: [],
    log: { maxSize: '1m', maxFiles: 1 },
    readOnlyRoot: true,
    memory: MEMORY,
    files: [],
    timeoutMs: DEADLINE,
  };
  try {
    const { exitCode, read: output } = await runThrowaway(connection, request, (name) => outputOf(connection, name));
    if (exitCode !== 0 && /exec format error/i.test(output)) {
      throw new NodectlError('IMAGE_WRONG_ARCHITECTURE', `The engine's host cannot run ${image}: ${output.trim()}`);
    }
    return { exitCode, output };
  } catch (error) {
    if (!(error instanceof NodectlError) || error.code !== 'TIMED_OUT') throw error;
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
