import type { CliContext } from '../../src/cli/run-cli.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Console, World } from '../../src/ports.ts';

/** A context that collects what the run wrote; every port fails unless `world` gives it. */
export function runContext(given: Partial<World> = {}) {
  const written = { stdout: '', stderr: '' };
  const refuse = async () => {
    throw new Error('This test gives no such port.');
  };
  const nobody = async () => {
    throw new NodectlError('USAGE', 'There is no terminal to ask on.');
  };
  const console: Console = { notice: () => {}, warn: () => {}, progress: () => {}, confirm: async () => true, secret: nobody };
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
    archives: refuse,
    folderMoves: refuse,
    terminal: refuse,
    metricsServer: refuse,
    kernelLog: refuse,
    bundles: refuse,
    clock: { now: () => 0, sleep: async () => {} },
    console,
    signal: new AbortController().signal,
    ...given,
  };
  const collect = (stream: keyof typeof written) => ({
    write(text: string | Uint8Array) {
      written[stream] += typeof text === 'string' ? text : Buffer.from(text).toString();
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
