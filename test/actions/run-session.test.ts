import { expect, test } from 'vitest';
import { runSession } from '../../src/actions/run-session.ts';
import type { Ran } from '../../src/ports/volume-run.ts';
import { errorOfPromise } from '../error-code.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';

const ENDED: Ran = { exitCode: 0, stdout: '', stderr: '' };

/** A running node, and a person at a terminal (or at pipes) before it. */
async function bench(terminal = new FakeTerminal()) {
  const nodes = fakeNodes();
  nodes.engine.program = () => ({ lines: [] });
  await nodes.add('dev');
  const container = nodes.engine.containers.get('nodectl-dev');
  const printed: [string, string][] = [];
  const warned: string[] = [];
  const console = { ...nodes.world.console, warn: (text: string) => void warned.push(text) };
  const world = { ...nodes.world, terminal: async () => terminal, console };
  const speak = (tty = terminal.isTTY) =>
    runSession({ container: 'nodectl-dev', words: ['geth', 'attach'], tty, input: true }, world, (stream, bytes) => {
      printed.push([stream, Buffer.from(bytes).toString('latin1')]);
    });
  return {
    ...nodes,
    world,
    terminal,
    container,
    printed,
    warned,
    speak,
    session: () => expect.poll(() => nodes.engine.sessions[0]).toBeDefined(),
  };
}

test('gives the program what is typed, every byte, and passes on what it prints and how it ends', async () => {
  const { engine, terminal, speak, printed } = await bench(new FakeTerminal(false));
  engine.converse = (_, words, input) => ({ exitCode: 42, stdout: `${words.join(' ')}: ${input}`, stderr: '\u0001' });
  terminal.type('eth.blockNumber\n');
  terminal.endInput();
  expect(await speak()).toBe(42);
  expect(printed).toEqual([
    ['stdout', 'geth attach: eth.blockNumber\n'],
    ['stderr', '\u0001'],
  ]);
});

test('hands Ctrl-C to the program as a byte, for the terminal is raw while it runs and not afterwards', async () => {
  const { engine, terminal, speak } = await bench();
  let wasRaw = false;
  engine.converse = () => {
    wasRaw = terminal.isRaw;
    return ENDED;
  };
  terminal.type('\u0003');
  terminal.type('\u0004');
  expect(await speak()).toBe(0);
  expect(engine.sessions[0]?.written).toEqual([3, 4]);
  expect([wasRaw, terminal.isRaw]).toEqual([true, false]);
});

test('gives the program the size of the terminal, and each later one', async () => {
  const { engine, terminal, speak, session } = await bench();
  terminal.current = { columns: 132, rows: 50 };
  const speaking = speak();
  await session();
  await expect.poll(() => terminal.isRaw).toBe(true);
  terminal.resizeTo({ columns: 20, rows: 10 });
  terminal.type('\u0004');
  await speaking;
  terminal.resizeTo({ columns: 1, rows: 1 });
  expect(engine.sessions[0]?.sizes).toEqual([
    { columns: 132, rows: 50 },
    { columns: 20, rows: 10 },
  ]);
});

test('makes the program end when we are told to, since it would go on inside the container', async () => {
  const { engine, terminal, speak, session, interrupt, warned } = await bench();
  const speaking = speak();
  await session();
  await expect.poll(() => terminal.isRaw).toBe(true);
  interrupt();
  expect(terminal.isRaw).toBe(false);
  await speaking;
  expect(engine.sessions[0]?.interrupted).toBe(true);
  expect(warned).toEqual([]);
});

test('takes the terminal away from a program that does not heed Ctrl-C', async () => {
  const { engine, terminal, speak, session, interrupt, warned } = await bench();
  const speaking = speak();
  await session();
  const [open] = engine.sessions;
  if (open) {
    open.interrupt = async () => true;
    open.hangUp = async () => {
      open.close();
      return true;
    };
  }
  await expect.poll(() => terminal.isRaw).toBe(true);
  interrupt();
  await speaking;
  expect(warned).toEqual([]);
});

test('says so when a program cannot be reached, and waits for it no longer', async () => {
  const { engine, terminal, speak, session, interrupt, warned } = await bench(new FakeTerminal(false));
  const speaking = speak();
  await session();
  const [open] = engine.sessions;
  if (open) open.interrupt = async () => false;
  interrupt();
  await speaking;
  expect(warned).toHaveLength(1);
  expect(terminal.isRaw).toBe(false);
});

test('tells a container that ended from a program that failed', async () => {
  const { engine, terminal, container, speak } = await bench();
  engine.converse = () => {
    container?.end(137);
    return { ...ENDED, exitCode: 137 };
  };
  terminal.type('\u0004');
  expect((await errorOfPromise(speak())).code).toBe('CONTAINER_DIED');
  expect(terminal.isRaw).toBe(false);
});

test('leaves the terminal alone when there is nothing to speak with', async () => {
  const { container, terminal, speak } = await bench();
  container?.end(0);
  expect((await errorOfPromise(speak())).code).toBe('NODE_NOT_RUNNING');
  expect(terminal.isRaw).toBe(false);
});
