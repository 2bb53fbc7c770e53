import type { CliContext } from '../../src/cli/run-cli.ts';
import type { Console, World } from '../../src/ports.ts';

/** A context that collects what the run wrote; every port fails unless `world` gives it. */
export function runContext(given: Partial<World> = {}) {
  const written = { stdout: '', stderr: '' };
  const refuse = async () => {
    throw new Error('This test gives no such port.');
  };
  const console: Console = { notice: () => {}, warn: () => {}, progress: () => {}, confirm: async () => true };
  const world: World = {
    engine: refuse,
    rpc: refuse,
    web: refuse,
    host: refuse,
    builder: refuse,
    packer: refuse,
    packages: refuse,
    installer: refuse,
    journal: refuse,
    profiles: refuse,
    hostFiles: refuse,
    hostQuestions: refuse,
    hostChanges: refuse,
    clock: { now: () => 0, sleep: async () => {} },
    console,
    signal: new AbortController().signal,
    ...given,
  };
  const collect = (stream: keyof typeof written) => ({
    write(text: string) {
      written[stream] += text;
    },
  });
  const context: CliContext = {
    world,
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    env: {},
    isTTY: { stdout: false, stderr: false },
  };
  return { context, written };
}
