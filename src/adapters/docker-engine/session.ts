import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session, SessionOutput, SessionRequest, TerminalSize } from '../../ports/session.ts';
import type { Connection } from './connection.ts';
import { createExecution, execution, executionPurpose, exitOf } from './execution.ts';
import { logFrames } from './log-frames.ts';
import { signalOwnProcess } from './signal-own-process.ts';

/** Ctrl-C, which ends a program or what its prompt holds, and Ctrl-D, which ends a prompt. */
const INTERRUPTING_KEYS = Uint8Array.of(3, 4);

/** The minor version of the first API (1.42, engine 23) by which a terminal has its size from its first moment on. */
const SIZE_AT_START = 42;

/** Starts a program in a running container over a connection that the engine turns into the program's input and output. */
export async function openSession(connection: Connection, request: SessionRequest, apiVersion: string): Promise<Session> {
  const { words, tty, size } = request;
  const purpose = executionPurpose(request);
  const closed = new AbortController();
  const id = await createExecution(connection, { ...request, stdin: true });
  const line = await connection.upgrade({
    method: 'POST',
    path: `/exec/${id}/start`,
    body: { Detach: false, Tty: tty },
    accept: [200],
    purpose,
  });
  // Whether the engine is gone, `exit` finds out.
  line.on('error', () => {});

  /** False until the engine has started the program, and once it has ended. */
  const resize = async ({ columns, rows }: TerminalSize): Promise<boolean> => {
    const { status } = await connection.ask({
      method: 'POST',
      path: `/exec/${id}/resize`,
      query: { w: columns, h: rows },
      accept: [200, 201, 400, 404, 409, 500],
      purpose: `tell ${words[0]} the size of the terminal`,
    });
    return status < 300;
  };
  if (tty && size !== undefined) {
    for (let attempt = 0; attempt < 20 && !(await resize(size)); attempt++) await sleep(25);
  }

  const signal = async (name: NodeJS.Signals) => signalOwnProcess(await execution(connection, id, purpose), name);
  return {
    sizedAtStart: Number(apiVersion.split('.')[1]) >= SIZE_AT_START,
    output: tty ? whole(line) : logFrames(untilBroken(line)),
    write: (bytes) => send(line, bytes),
    // With a terminal the engine's end of input is none, and no key could follow.
    end: () => void (tty || line.end()),
    resize: async (changed) => void (await resize(changed)),
    exit: () => exitOf(connection, id, purpose, closed.signal),
    async interrupt() {
      if (!tty) return signal('SIGINT');
      await send(line, INTERRUPTING_KEYS);
      return true;
    },
    hangUp: () => signal('SIGHUP'),
    close() {
      closed.abort();
      line.destroy();
    },
  };
}

async function* whole(line: Duplex): AsyncGenerator<SessionOutput> {
  for await (const bytes of untilBroken(line)) yield { stream: 'stdout', bytes };
}

async function* untilBroken(line: Duplex): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of line) yield chunk as Buffer;
  } catch {
    // A broken line is the end of the output.
  }
}

function send(line: Duplex, bytes: Uint8Array): Promise<void> {
  if (line.destroyed || line.writableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    line.once('close', resolve);
    line.write(bytes, () => {
      line.off('close', resolve);
      resolve();
    });
  });
}
