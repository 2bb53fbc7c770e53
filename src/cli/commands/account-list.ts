import * as z from 'zod/mini';
import { type AccountList, listAccounts } from '../../actions/list-accounts.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import { textTable } from '../text-table.ts';

interface Input {
  readonly node?: string | undefined;
}

export const command: Command<Input, AccountList> = {
  summary: "list the accounts whose keys are in a node's volume",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [],
  examples: ['nodectl account list sealer'],
  input: z.strictObject({ node: nodeName }),
  report: z.object({ node: z.string(), accounts: z.array(z.object({ address: z.string(), keyFile: z.string() })) }),
  run: (input, world) => listAccounts(input, world),
  render: ({ node, accounts }, style) =>
    accounts.length === 0
      ? `${node} has no accounts. Make one with \`nodectl account new ${node}\`.`
      : textTable(
          ['ADDRESS', 'KEY'],
          accounts.map(({ address, keyFile }) => [address, keyFile]),
          style,
        ),
  exit: () => 0,
};
