import * as z from 'zod/mini';
import { checkProfiles, type ProfileCheck } from '../../actions/check-profiles.ts';
import type { Command } from '../command.ts';

interface Input {
  readonly files: string[];
}

export const command: Command<Input, ProfileCheck> = {
  summary: 'check profile files; exit 2 with what is wrong in the first bad one',
  arguments: [{ usage: '<files...>', help: 'paths of profile files, or names' }],
  options: [],
  examples: ['nodectl profiles check ./my-network.yaml'],
  input: z.strictObject({ files: z.array(z.string().check(z.minLength(1, 'needs a path'))) }),
  report: z.object({
    valid: z.array(z.object({ file: z.string(), kind: z.enum(['network', 'preset']), name: z.string() })),
  }),
  run: (input, world) => checkProfiles(input.files, world),
  render: ({ valid }) => valid.map(({ file, kind, name }) => `${file}: ${kind} ${name}, valid`).join('\n'),
  exit: () => 0,
};
