import * as z from 'zod/mini';
import { type NewAccountReport, type NewAccountRequest, newAccount } from '../../actions/new-account.ts';
import { parseNodeName } from '../../node/names.ts';
import type { Command } from '../command.ts';
import { gethVersionOption } from '../option-values.ts';

export const command: Command<NewAccountRequest, NewAccountReport> = {
  summary: "make an account in a node's volume, also before the node exists",
  arguments: [{ usage: '<node>', help: 'the node that shall have the key', completes: 'kept-node' }],
  options: [
    {
      flags: '--password-file <file>',
      help: 'file whose first line encrypts the key, which nobody else may read (chmod 600); left out, it is asked for',
      completes: 'file',
    },
    { flags: '--geth-version <version>', help: "geth that makes the key (default: the node's own)", completes: 'geth-version' },
  ],
  examples: ['nodectl account new sealer', 'nodectl account new sealer --password-file ./password'],
  input: z.strictObject({
    node: z.pipe(z.string(), z.transform(parseNodeName)),
    passwordFile: z.optional(z.string()),
    gethVersion: gethVersionOption,
  }),
  report: z.object({
    node: z.string(),
    address: z.string().check(z.describe('lower case, as a genesis and --etherbase name it')),
    keyFile: z.string().check(z.describe("path inside the node's container")),
    volume: z.string(),
  }),
  run: (input, world) => newAccount(input, world),
  render: ({ address, keyFile, volume }) =>
    `${address}\nIts key is ${keyFile} in the volume ${volume}. Keep a copy of it, and the password.`,
  exit: () => 0,
};
