import { NodectlError } from '../errors.ts';
import type { Ran } from '../ports/volume-run.ts';
import type { World } from '../ports.ts';
import { captureSession, runSession } from './run-session.ts';
import { runningPart } from './running-part.ts';

export interface ExecRequest {
  readonly node?: string | undefined;
  /** In the container of the node's consensus client. */
  readonly consensus: boolean;
  readonly tty: boolean;
  readonly words: readonly string[];
}

/** Runs a program in a node's container with our own standard streams, bytes unchanged; its exit code, or 126 or 127 where it cannot be run. */
export async function execProgram(
  request: ExecRequest,
  world: World,
  sink: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void,
): Promise<number> {
  const { words, tty } = request;
  if (tty && !(await world.terminal()).hasKeys) {
    throw new NodectlError('USAGE', '--tty needs a terminal on standard input.', { hint: 'Leave --tty out.' });
  }
  return runSession({ container: await partOf(request, world), words, tty, input: true }, world, sink);
}

/** The same, with what it printed as text. */
export async function captureProgram(request: ExecRequest, world: World): Promise<Ran> {
  return captureSession({ container: await partOf(request, world), words: request.words, tty: false, input: true }, world);
}

async function partOf({ node, consensus }: ExecRequest, world: World): Promise<string> {
  return (await runningPart(node, consensus ? 'consensus' : 'execution', await world.engine())).container.id;
}
