import * as z from 'zod/mini';
import { type ConsoleRequest, evaluate, openConsole } from '../../actions/console.ts';
import { NodectlError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';

interface Report {
  readonly result?: unknown;
}

export const command: Command<ConsoleRequest, Report> = {
  summary: "open geth's JavaScript console of a running node, or evaluate one expression",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'running-node' }],
  options: [
    { flags: '--exec <javascript>', help: 'print what it evaluates to, and end', completes: 'nothing' },
    { flags: '--force', help: 'also where the container has so little memory left that a console may be the end of it' },
  ],
  examples: [
    'nodectl console',
    'nodectl console mainnet --exec eth.blockNumber',
    'nodectl console mainnet --exec eth.syncing --json | jq .result',
    "echo 'eth.gasPrice' | nodectl console mainnet",
  ],
  input: z.strictObject({ node: nodeName, exec: z.optional(z.string()), force: flag }),
  report: z.object({ result: z.unknown().check(z.describe('null for undefined')) }),
  run: () => Promise.reject(new NodectlError('BUG', 'console is a stream.')),
  render: () => '',
  exit: () => 0,
  stream: async (input, world, output) => {
    if (!output.json) return openConsole(input, world, output.bytes);
    const { exec } = input;
    if (exec === undefined) throw new NodectlError('USAGE', '--json needs --exec: a console is no document.');
    output.write(JSON.stringify({ result: await evaluate({ ...input, exec }, world) }));
    return 0;
  },
};
