import { runCli } from '../../src/cli/run-cli.ts';
import { NodectlError } from '../../src/errors.ts';
import type { World } from '../../src/ports.ts';
import { runContext } from '../cli/run-context.ts';
import { FakeMachine } from '../fakes/fake-machine.ts';

/** A machine in memory without an engine, and command lines run on it in process. */
export function swapWorld() {
  const machine = new FakeMachine();
  let interruption = new AbortController();
  let elapsed = 0;
  const world = (): Partial<World> => ({
    hostFiles: async () => machine.hostFiles,
    hostChanges: async () => machine.hostChanges,
    engine: async () => {
      throw new NodectlError('ENGINE_NOT_INSTALLED', 'There is no Docker engine.');
    },
    clock: {
      now: () => elapsed,
      sleep: async (ms) => {
        elapsed += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
    console: {
      notice: () => {},
      warn: () => {},
      progress: () => {},
      secret: async () => '',
      confirm: async () => {
        throw new NodectlError('CONFIRMATION_REQUIRED', 'nobody to ask');
      },
    },
    signal: interruption.signal,
  });
  return {
    machine,
    world,
    interrupt: () => interruption.abort('SIGINT'),
    async nodectl(...words: readonly string[]) {
      const { context, written } = runContext(world());
      const code = await runCli(words, context);
      return { code, ...written };
    },
    /** The next process: neither killed nor interrupted. */
    again() {
      machine.revive();
      interruption = new AbortController();
    },
  };
}

/** The code of the error document that `--json` wrote. */
export function errorCode({ stderr }: { readonly stderr: string }): string {
  return (JSON.parse(stderr) as { error: { code: string } }).error.code;
}
