import type { Engine } from '../ports/engine.ts';
import type { Session, SessionOutput, SessionRequest } from '../ports/session.ts';
import type { World } from '../ports.ts';

/** Each is lost by chance, and a busy machine loses more than half of them. */
const ATTEMPTS = 12;

/** Milliseconds in which a program shows its prompt and answers a key, and in which it ends. */
const PATIENCE = 10_000;

/** With fewer columns than these liner, geth's line editor, edits nothing wherever it runs (line.go, minWorkingSpace). */
const NARROWEST = 12;

/** Ctrl-A goes to the start of the line: an editor moves the cursor, which takes an escape; a terminal that nobody edits shows the key. */
const QUESTION = Uint8Array.of(1);
const UNEDITED = '^A';
const ESCAPE = '\u001b';

/** Ctrl-U drops the question from a line that nobody edits, and Ctrl-D ends it. */
const LEAVE = Uint8Array.of(21, 4);

export interface EditingSession {
  readonly session: Session;
  /** All of the session's output, with what was read of it already; to be read in its place. */
  readonly output: AsyncIterable<SessionOutput>;
}

/**
 * Opens a session in which a program edits lines, at its first `prompt`. Where the terminal gets its size after the program began, liner
 * may have looked too early, and then neither edits for as long as it lives nor withholds Ctrl-C: such a one is ended and another begun.
 * An interruption of ours ends that; the session is then as it is.
 */
export async function openEditingSession(request: SessionRequest, prompt: string, engine: Engine, world: World): Promise<EditingSession> {
  for (let attempt = 1; ; attempt++) {
    const session = await engine.session(request);
    if (session.sizedAtStart || (request.size?.columns ?? 0) < NARROWEST) return { session, output: session.output };
    const { isEdited, output } = await firstPrompt(session, prompt, world);
    if (isEdited) return { session, output };
    if (attempt === ATTEMPTS) {
      world.console.warn(`${request.words[0]} took no notice of the size of its terminal: it edits no lines, and Ctrl-C ends it.`);
      return { session, output };
    }
    await leave(session, output, world);
  }
}

interface FirstPrompt {
  /** True also where nothing tells: the program has ended, does not answer, or we are interrupted. */
  readonly isEdited: boolean;
  readonly output: AsyncIterable<SessionOutput>;
}

async function firstPrompt(session: Session, prompt: string, { clock, signal }: World): Promise<FirstPrompt> {
  const pieces = session.output[Symbol.asyncIterator]();
  const held: SessionOutput[] = [];
  const told = new AbortController();
  const tell = () => told.abort();
  signal.addEventListener('abort', tell, { once: true });
  const late = (signal.aborted ? Promise.resolve() : clock.sleep(PATIENCE, told.signal)).then(() => undefined);
  let next = pieces.next();
  let text = '';
  let asked: number | undefined;
  let isEdited = true;
  while (!text.includes(ESCAPE)) {
    const piece = await Promise.race([next, late]);
    if (piece === undefined || piece.done === true) break;
    held.push(piece.value);
    next = pieces.next();
    text += new TextDecoder().decode(piece.value.bytes);
    if (asked !== undefined && text.slice(asked).includes(UNEDITED)) {
      isEdited = false;
      break;
    }
    if (asked === undefined && text.endsWith(prompt)) {
      asked = text.length;
      await session.write(QUESTION);
    }
  }
  signal.removeEventListener('abort', tell);
  told.abort();
  return { isEdited, output: whole(held, next, pieces) };
}

async function* whole(
  held: readonly SessionOutput[],
  next: Promise<IteratorResult<SessionOutput>>,
  pieces: AsyncIterator<SessionOutput>,
): AsyncGenerator<SessionOutput> {
  yield* held;
  for (let piece = await next; piece.done !== true; piece = await pieces.next()) yield piece.value;
}

async function leave(session: Session, output: AsyncIterable<SessionOutput>, { clock }: World): Promise<void> {
  const over = new AbortController();
  const ended = (async () => {
    for await (const _ of output);
    over.abort();
  })();
  await session.write(LEAVE);
  await Promise.race([ended, clock.sleep(PATIENCE, over.signal)]);
  if (!over.signal.aborted) await session.hangUp().catch(() => false);
  session.close();
}
