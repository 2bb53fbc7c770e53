import { NodectlError } from '../errors.ts';
import { DATA_DIRECTORY } from '../node/container-paths.ts';
import { ipcWords, readIpcAnswer } from '../node/ipc-question.ts';
import type { World } from '../ports.ts';
import { requireRoomForAttach } from './require-room-for-attach.ts';
import { captureSession, runSession } from './run-session.ts';
import { runningPart } from './running-part.ts';

export interface ConsoleRequest {
  readonly node?: string | undefined;
  /** Evaluated in place of what would be typed. */
  readonly exec?: string | undefined;
  /** Attaches also where the container has hardly any memory left. */
  readonly force: boolean;
}

/**
 * geth's JavaScript console of a running node, by `geth attach` in its container, where its history stays in the volume. Without a
 * terminal on both sides it reads expressions from standard input. geth's exit code; NO_ROOM, UNSUPPORTED_OPTION for a light client.
 */
export async function openConsole(
  request: ConsoleRequest,
  world: World,
  sink: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void,
): Promise<number> {
  const container = await attachable(request, world);
  const { isTTY, hasKeys } = await world.terminal();
  const isTyped = request.exec === undefined;
  const script = request.exec === undefined ? [] : ['--exec', request.exec];
  const words = ['geth', 'attach', '--datadir', DATA_DIRECTORY, ...script, `${DATA_DIRECTORY}/geth.ipc`];
  return runSession({ container, words, tty: isTyped && isTTY && hasKeys, input: isTyped, prompt: '> ' }, world, sink);
}

/** What an expression or script evaluates to, as JSON; null for undefined. GETH_REFUSED with what geth said of it. */
export async function evaluate(request: ConsoleRequest & { readonly exec: string }, world: World): Promise<unknown> {
  const container = await attachable(request, world);
  // JSON has no undefined.
  const words = ipcWords(`(function(value){return value===undefined?null:value})((0,eval)(${JSON.stringify(request.exec)}))`);
  return readIpcAnswer(await captureSession({ container, words, tty: false, input: false }, world));
}

async function attachable({ node: name, force }: ConsoleRequest, world: World): Promise<string> {
  const part = await runningPart(name, 'execution', await world.engine());
  if (part.isLight) {
    throw new NodectlError('UNSUPPORTED_OPTION', `${part.node} is a light client, which has no console.`, {
      hint: `Ask it by JSON-RPC; its address is in \`nodectl status ${part.node}\`.`,
    });
  }
  if (!force) await requireRoomForAttach(part, world);
  return part.container.id;
}
