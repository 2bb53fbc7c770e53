import * as z from 'zod/mini';
import { type CheckedFile, checkProfiles, type ProfileCheck } from '../../actions/check-profiles.ts';
import { SEALS } from '../../node/private-chain.ts';
import type { Command } from '../command.ts';

interface Input {
  readonly files: string[];
}

export const command: Command<Input, ProfileCheck> = {
  summary: 'check profiles and genesis files; exit 2 with what is wrong in the first bad one',
  arguments: [{ usage: '<files...>', help: 'paths of profiles or genesis files (*.json), or names', completes: 'profile' }],
  options: [],
  examples: ['nodectl profiles check ./my-network.yaml', 'nodectl profiles check ./genesis.json'],
  input: z.strictObject({ files: z.array(z.string().check(z.minLength(1, 'needs a path'))) }),
  report: z.object({
    valid: z.array(
      z.object({
        file: z.string(),
        kind: z.enum(['network', 'private', 'preset', 'genesis']),
        name: z.string(),
        genesis: z.nullable(
          z.object({ chainId: z.number(), seal: z.enum(SEALS), minimumGeth: z.string(), maximumGeth: z.nullable(z.string()) }),
        ),
      }),
    ),
  }),
  run: (input, world) => checkProfiles(input.files, world),
  render: ({ valid }) => valid.map(line).join('\n'),
  exit: () => 0,
};

function line({ file, kind, name, genesis }: CheckedFile): string {
  if (genesis === null) return `${file}: ${kind} ${name}, valid`;
  const { chainId, seal, minimumGeth, maximumGeth } = genesis;
  const geth = maximumGeth === null ? `geth ${minimumGeth} or later` : `geth ${minimumGeth} to ${maximumGeth}`;
  return `${file}: ${kind} ${name}, valid; chain ${chainId}, ${seal}, ${geth}`;
}
