import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../errors.ts';
import type { TerminalSize } from '../../ports/session.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';

/** A program inside a running container, as the engine tells of it. */
export interface Execution {
  readonly Running: boolean;
  readonly ExitCode: number | null;
  /** Of the engine's own process namespace; 0 before it runs. */
  readonly Pid?: number;
  readonly ContainerID?: string;
}

interface Wish {
  readonly container: string;
  readonly words: readonly string[];
  readonly stdin?: boolean;
  readonly tty?: boolean;
  /** Of its terminal; engines before API 1.42 pass it over. */
  readonly size?: TerminalSize | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Tells the engine of a program that is to run in a container as the container's user; its id. It is started by another request. */
export async function createExecution(connection: Connection, wish: Wish): Promise<string> {
  const { body } = await connection.ask({
    method: 'POST',
    path: containerPath(wish.container, 'exec'),
    body: {
      ...(wish.stdin === true ? { AttachStdin: true } : {}),
      ...{ AttachStdout: true, AttachStderr: true },
      Tty: wish.tty === true,
      ...(wish.tty && wish.size ? { ConsoleSize: [wish.size.rows, wish.size.columns] } : {}),
      Cmd: [...wish.words],
    },
    accept: [201],
    signal: wish.signal,
    purpose: executionPurpose(wish),
  });
  return (body as { Id: string }).Id;
}

/** The program's exit code; its output ends a moment before the engine has noted it. CONTAINER_DIED when the engine forgot the program with its container. */
export async function exitOf(connection: Connection, id: string, purpose: string, signal?: AbortSignal): Promise<number> {
  while (true) {
    const found = await execution(connection, id, purpose, signal);
    if (found === undefined) throw new NodectlError('CONTAINER_DIED', `The container ended before it was done: ${purpose}.`);
    if (!found.Running && found.ExitCode !== null) return found.ExitCode;
    // Who aborts is told by the next question.
    await sleep(20, undefined, { signal }).catch(() => {});
  }
}

/** Undefined when the engine knows no such program (any more). */
export async function execution(connection: Connection, id: string, purpose: string, signal?: AbortSignal): Promise<Execution | undefined> {
  const { status, body } = await connection.ask({ method: 'GET', path: `/exec/${id}/json`, accept: [200, 404, 409], signal, purpose });
  return status === 200 ? (body as Execution) : undefined;
}

/** What the requests are for, as an error says it. */
export function executionPurpose({ container, words }: Pick<Wish, 'container' | 'words'>): string {
  return `run ${words[0]} in the container ${container}`;
}
