import { runCli } from '../../src/cli/run-cli.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { Rpc } from '../../src/ports/rpc.ts';
import type { Clock, JournalRecord, World } from '../../src/ports.ts';
import { runContext } from '../cli/run-context.ts';
import { PROFILES } from '../profile-files.ts';
import type { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';
import { devAnswers, type GethAnswers } from './fake-geth.ts';
import { FakeMachine } from './fake-machine.ts';
import { fakeNodes } from './fake-nodes.ts';
import type { Program } from './fake-program.ts';

/** A geth that closes its database in good order. */
const geth: Program = () => ({
  lines: [
    { stream: 'stderr', text: 'INFO [11-21|12:00:00.000] HTTP server started endpoint=[::]:8545' },
    { stream: 'stderr', text: 'INFO [11-21|12:00:00.100] Started log indexer' },
  ],
  stopped: { exitCode: 0, lines: ['INFO [11-21|12:00:01.000] Blockchain stopped'] },
});

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface UpWorld {
  readonly engine: FakeEngine;
  readonly world: World;
  readonly interrupt: () => void;
  readonly remembered: JournalRecord[];
  /** What the engine runs on. */
  readonly machine: FakeMachine;
  /** What every node's RPC answers; a test may change it between runs. */
  answers: GethAnswers;
  /** Waited for before each call to the engine, so that several runs meet in another order. */
  pause: () => Promise<unknown>;
  /** Runs one command line in process. */
  nodectl(...words: readonly string[]): Promise<Ran>;
}

/** All that `up` needs in memory: an engine with images of geth, the shipped profiles, nodes that answer, a clock that only jumps. */
export function upWorld(): UpWorld {
  const {
    engine,
    world: base,
    interrupt,
  } = fakeNodes({
    memory: () => ({ total: 8 * 2 ** 30, available: 6 * 2 ** 30, swapTotal: 8 * 2 ** 30, swapFree: 8 * 2 ** 30 }),
  });
  engine.program = geth;
  engine.images.push(fakeImage('ethereum/client-go:v1.17.8'), fakeImage('ethereum/client-go:v1.16.9'));
  const remembered: JournalRecord[] = [];
  const machine = new FakeMachine();
  const clock = jumpingClock();
  const rpc: Rpc = {
    async batch(url, calls) {
      const running = [...engine.containers.values()].filter((container) => container.running);
      const serves = running.some(({ observed }) => observed.ports.some(({ hostPort }) => url === `http://127.0.0.1:${hostPort}`));
      if (!serves) return { failure: 'connect', message: 'connection refused' };
      return { answers: calls.map(({ method, params }) => answer(up.answers[method], params)) };
    },
  };
  const world: World = {
    ...base,
    engine: async () => paused(engine, () => up.pause()),
    clock,
    rpc: async () => rpc,
    profiles: async () => PROFILES,
    hostFiles: async () => machine.hostFiles,
    hostChanges: async () => machine.hostChanges,
    journal: async () => ({
      append: (_node, record) => void remembered.push({ ...record, time: clock.now() }),
      read: () => remembered,
    }),
  };
  const up: UpWorld = {
    engine,
    world,
    interrupt,
    remembered,
    machine,
    answers: devAnswers(),
    pause: async () => {},
    async nodectl(...words) {
      const { context, written } = runContext(world);
      const code = await runCli(words, context);
      return { code, ...written };
    },
  };
  return up;
}

/** The engine, each of whose calls (but the log's stream) waits first. */
function paused(engine: FakeEngine, pause: () => Promise<unknown>): Engine {
  return new Proxy<Engine>(engine, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      if (name === 'logs' || name === 'readTree') return method.bind(target);
      return async (...words: unknown[]) => {
        await pause();
        return method.apply(target, words);
      };
    },
  });
}

function answer(value: unknown, params: readonly unknown[]): { readonly result: unknown } | { readonly error: string } {
  if (value === undefined) return { error: 'the method does not exist/is not available' };
  return { result: typeof value === 'function' ? value(params) : value };
}

/** Sleeping takes no time, and time passes only by sleeping; others run meanwhile. */
function jumpingClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      await new Promise((resolve) => setImmediate(resolve));
      ahead += ms;
    },
  };
}
