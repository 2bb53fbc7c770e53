import * as z from 'zod/mini';
import { captureProgram, type ExecRequest, execProgram } from '../../actions/exec-program.ts';
import { NodectlError } from '../../errors.ts';
import type { Ran } from '../../ports/volume-run.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';

export const command: Command<ExecRequest, Ran> = {
  summary: "run a program in a node's container; its exit code is passed on",
  arguments: [
    { usage: '[node]', help: 'left out when there is exactly one', completes: 'running-node' },
    {
      usage: '<words...>',
      help: 'the program and its words; an image of nodectl holds geth alone',
      afterDashes: true,
      completes: 'nothing',
    },
  ],
  options: [
    { flags: '-t, --tty', help: 'give it a terminal of its own' },
    { flags: '--consensus', help: "in the container of the node's consensus client" },
  ],
  examples: [
    'nodectl exec -- geth version',
    'nodectl exec mainnet -- geth account list --datadir /data',
    'nodectl exec mainnet -t -- geth attach --datadir /data /data/geth.ipc',
  ],
  input: z.strictObject({
    node: nodeName,
    words: z.array(z.string()).check(z.minLength(1, 'are missing: give a program after --, for instance `-- geth version`')),
    tty: flag,
    consensus: flag,
  }),
  report: z.object({ exitCode: z.number(), stdout: z.string(), stderr: z.string() }),
  run: () => Promise.reject(new NodectlError('BUG', 'exec is a stream.')),
  render: () => '',
  exit: () => 0,
  stream: async (input, world, output) => {
    if (!output.json) return execProgram(input, world, output.bytes);
    if (input.tty) throw new NodectlError('USAGE', '--json and --tty exclude each other: a terminal is no document.');
    const ran = await captureProgram(input, world);
    output.write(JSON.stringify(ran));
    return ran.exitCode;
  },
};
