import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';
import type { Session, SessionRequest } from '../ports/session.ts';
import type { Ran } from '../ports/volume-run.ts';
import type { Clock, World } from '../ports.ts';
import { type EditingSession, openEditingSession } from './open-editing-session.ts';

/** How long a program may take to end that was told to. */
const GRACE_MS = 3_000;

/** The exit code of a program that SIGKILL ended. */
const KILLED = 137;

/** How long the engine may take to note that a container ended. */
const NOTING_MS = 2_000;

export interface Conversation extends Omit<SessionRequest, 'size'> {
  /** False leaves our standard input alone, and gives the program an empty one. */
  readonly input: boolean;
  /** What a program that edits lines ends its first prompt with; with `tty`, it is made sure that it does edit them. */
  readonly prompt?: string;
}

type Sink = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

/**
 * Joins our standard streams with a program in a running container until it ends, and gives its exit code. With `tty` every key
 * goes to the program, Ctrl-C too. An interruption of ours makes the program end as well. CONTAINER_DIED when its container ended.
 */
export async function runSession(conversation: Conversation, world: World, sink: Sink): Promise<number> {
  const { container, words, tty, input, prompt } = conversation;
  const [engine, terminal] = await Promise.all([world.engine(), world.terminal()]);
  const size = tty ? terminal.size() : undefined;
  const { session, output } = await begin({ container, words, tty, size }, prompt, engine, world);
  // Unread, it stays for who reads after us.
  const keys = input ? terminal.input()[Symbol.asyncIterator]() : undefined;
  const resize = () => void session.resize(terminal.size()).catch(() => {});
  const forgetSize = tty ? terminal.onResize(resize) : () => {};
  // While the prompt was awaited nobody listened.
  if (size !== undefined && (size.columns !== terminal.size().columns || size.rows !== terminal.size().rows)) resize();
  const over = new AbortController();
  const giveUp = () => {
    terminal.raw(false);
    void end(session, conversation, world, over.signal);
  };
  world.signal.addEventListener('abort', giveUp, { once: true });
  try {
    if (world.signal.aborted) giveUp();
    else if (tty) terminal.raw(true);
    if (keys === undefined) session.end();
    else void type(keys, session);
    for await (const { stream, bytes } of output) sink(stream, bytes);
    terminal.raw(false);
    const code = await session.exit();
    if (code === KILLED) await requireRunning(container, engine, world.clock);
    return code;
  } finally {
    world.signal.removeEventListener('abort', giveUp);
    terminal.raw(false);
    forgetSize();
    over.abort();
    await keys?.return?.();
    session.close();
  }
}

/** The same, keeping what the program printed. */
export async function captureSession(conversation: Conversation, world: World): Promise<Ran> {
  const printed: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const exitCode = await runSession(conversation, world, (stream, bytes) => printed[stream].push(bytes));
  const text = (chunks: readonly Uint8Array[]) => {
    const decoder = new TextDecoder();
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  };
  return { exitCode, stdout: text(printed.stdout), stderr: text(printed.stderr) };
}

async function begin(request: SessionRequest, prompt: string | undefined, engine: Engine, world: World): Promise<EditingSession> {
  if (request.tty && prompt !== undefined) return openEditingSession(request, prompt, engine, world);
  const session = await engine.session(request);
  return { session, output: session.output };
}

/** What is typed, until standard input ends or the program does. */
async function type(keys: AsyncIterator<Uint8Array>, session: Session): Promise<void> {
  for (let key = await keys.next(); key.done !== true; key = await keys.next()) {
    await session.write(key.value);
  }
  session.end();
}

/**
 * A program that nobody listens to would go on inside the container, and hold its memory. One without a terminal may take its time,
 * as it would beside us; a second signal ends us without it.
 */
async function end(session: Session, { words, tty }: Conversation, world: World, over: AbortSignal): Promise<void> {
  const told = await session.interrupt().catch(() => false);
  session.end();
  if (told && !tty) return;
  if (told) await world.clock.sleep(GRACE_MS, over);
  if (!over.aborted && (await session.hangUp().catch(() => false))) await world.clock.sleep(GRACE_MS, over);
  if (over.aborted) return;
  world.console.warn(`${words[0]} could not be ended, and may go on inside the container.`);
  session.close();
}

/** A program that was killed may have gone with everything in its container; the engine notes that a moment later. */
async function requireRunning(container: string, engine: Engine, clock: Clock): Promise<void> {
  const patience = new AbortController();
  const gone = engine.waitForExit(container, patience.signal).then(
    () => true,
    () => false,
  );
  const died = await Promise.race([gone, clock.sleep(NOTING_MS).then(() => false)]);
  patience.abort();
  if (died) throw new NodectlError('CONTAINER_DIED', 'The container ended, and with it what ran beside the node.');
}
