import * as z from 'zod/mini';
import { type ShownProfile, showProfile } from '../../actions/show-profile.ts';
import { ShownProfileSchema } from '../../node/profile.ts';
import type { Command } from '../command.ts';
import type { Style } from '../style.ts';

interface Input {
  readonly profile: string;
}

export const command: Command<Input, ShownProfile> = {
  summary: 'show one network, private chain or preset',
  arguments: [
    { usage: '<profile>', help: 'a name from `nodectl profiles ls`, or the path of a profile or genesis file', completes: 'profile' },
  ],
  options: [],
  examples: ['nodectl profiles show hoodi'],
  input: z.strictObject({ profile: z.string().check(z.minLength(1, 'needs a name')) }),
  report: z.object({ file: z.string(), profile: ShownProfileSchema }),
  run: (input, world) => showProfile(input.profile, world),
  render: renderProfile,
  exit: () => 0,
};

function renderProfile({ file, profile }: ShownProfile, style: Style): string {
  const rows = leaves(profile, '');
  const width = Math.max(...rows.map(([path]) => path.length));
  return [style.paint('dim', file), ...rows.map(([path, value]) => `  ${path.padEnd(width)}  ${value}`)].join('\n');
}

/** Every value with its path, in the file's words. */
function leaves(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== 'object');
    return plain ? [[path, value.join(', ') || 'none']] : value.flatMap((item, index) => leaves(item, `${path}.${index}`));
  }
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, 'none']];
  return entries.flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}
