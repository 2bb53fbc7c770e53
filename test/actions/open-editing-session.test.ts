import { expect, test } from 'vitest';
import { openEditingSession } from '../../src/actions/open-editing-session.ts';
import type { Engine } from '../../src/ports/engine.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { FakeSession } from '../fakes/fake-session.ts';

const SIZE = { columns: 80, rows: 24 };
const HELLO = 'Welcome\n> ';
const REDRAWN = '\u001b[1G\u001b[0K> \u001b[3G';

/** What a console says after its welcome, key by key; `undefined` ends it. */
type Answers = (key: number) => string | undefined;

const unedited: Answers = (key) => (key === 4 ? undefined : key === 1 ? '^A' : '');
const edited: Answers = (key) => (key === 4 ? undefined : REDRAWN);
const silent: Answers = () => '';

/** A console that shows `hello` and then answers keys, as a program with a terminal does. */
class Console extends FakeSession {
  override sizedAtStart = false;
  readonly #pieces: string[];
  #wake: () => void = () => {};
  #over = false;

  constructor(hello: readonly string[], answers: Answers) {
    super({ container: 'nodectl-dev', words: ['geth', 'attach'], tty: true, size: SIZE }, () => ({ exitCode: 0, stdout: '', stderr: '' }));
    this.#pieces = [...hello];
    this.write = async (bytes) => {
      this.written.push(...bytes);
      for (const key of bytes) {
        const said = answers(key);
        if (said === undefined) this.#over = true;
        else if (said !== '') this.#pieces.push(said);
      }
      this.#wake();
    };
    this.close = () => {
      this.#over = true;
      this.#wake();
    };
    Object.assign(this, { output: this.#told() });
  }

  get isOver(): boolean {
    return this.#over;
  }

  async *#told() {
    while (true) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) yield { stream: 'stdout' as const, bytes: Buffer.from(piece) };
      else if (this.#over) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}

/** Opens one console after the other, those of the list; what the last of them shows after Ctrl-D. */
async function open(...consoles: readonly Console[]) {
  const { world, interrupt } = fakeNodes();
  const warned: string[] = [];
  let opened = 0;
  const session: Engine['session'] = async () => consoles[opened++] as Console;
  const opening = openEditingSession(
    { container: 'nodectl-dev', words: ['geth', 'attach'], tty: true, size: SIZE },
    '> ',
    { session } as Engine,
    { ...world, console: { ...world.console, warn: (text) => void warned.push(text) } },
  );
  const shown = async () => {
    const { session: last, output } = await opening;
    await last.write(Uint8Array.of(4));
    let text = '';
    for await (const { bytes } of output) text += Buffer.from(bytes).toString();
    return text;
  };
  return { shown, warned, interrupt, opening, opened: () => opened };
}

test('begins another console until one edits lines, and shows that one alone', async () => {
  const blind = [new Console([HELLO], unedited), new Console(['Welc', 'ome\n', '> '], unedited)];
  const { shown, opened, warned } = await open(...blind, new Console([HELLO], edited));
  expect(await shown()).toBe(HELLO + REDRAWN);
  expect([opened(), warned]).toEqual([3, []]);
  expect(blind.map(({ isOver }) => isOver)).toEqual([true, true]);
  // Ctrl-U drops the question, Ctrl-D ends the console.
  expect(blind[0]?.written).toEqual([1, 21, 4]);
});

test('asks nothing of a console that drew its line again, nor where the size was there from the start', async () => {
  const drawn = new Console([HELLO + REDRAWN], unedited);
  expect(await (await open(drawn)).shown()).toBe(HELLO + REDRAWN);
  const sized = new Console([HELLO], unedited);
  sized.sizedAtStart = true;
  expect(await (await open(sized)).shown()).toBe(HELLO);
  expect([drawn.written, sized.written]).toEqual([[4], [4]]);
});

test('takes no banner for an answer', async () => {
  const { shown, opened } = await open(new Console(['press ^A\n> '], edited));
  expect(await shown()).toBe(`press ^A\n> ${REDRAWN}`);
  expect(opened()).toBe(1);
});

test('leaves a console that ends by itself to who reads it', async () => {
  const failed = new Console(['Fatal: no such file\n'], edited);
  failed.close();
  expect(await (await open(failed)).shown()).toBe('Fatal: no such file\n');
});

test('ends its waiting when it is interrupted', async () => {
  const { opening, interrupt, opened } = await open(new Console(['Welcome\n'], silent));
  await expect.poll(opened).toBe(1);
  interrupt();
  await opening;
  expect(opened()).toBe(1);
});

test('gives in after many, and says so', async () => {
  const consoles = Array.from({ length: 50 }, () => new Console([HELLO], unedited));
  const { shown, warned, opened } = await open(...consoles);
  expect(await shown()).toBe(`${HELLO}^A`);
  expect(warned).toHaveLength(1);
  expect(opened()).toBeLessThan(50);
});
