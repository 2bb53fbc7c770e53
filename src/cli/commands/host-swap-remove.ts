import * as z from 'zod/mini';
import { type RemoveSwapReport, removeSwap } from '../../actions/remove-swap.ts';
import { parseSwapPath } from '../../host/swap/swap-path.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import { ToldStepsSchema } from '../host-steps.ts';
import { flag } from '../option-values.ts';
import type { Style } from '../style.ts';

const Input = z.strictObject({ path: z.optional(z.pipe(z.string(), z.transform(parseSwapPath))), yes: flag });

export const command: Command<z.infer<typeof Input>, RemoveSwapReport> = {
  summary: "take nodectl's swap file out of use and remove it; refused when its pages would not fit into memory",
  arguments: [],
  options: [
    { flags: '--path <path>', help: 'the file; left out when there is one', completes: 'file' },
    { flags: '-y, --yes', help: 'do not ask' },
  ],
  examples: ['nodectl host swap remove --yes'],
  input: Input,
  report: z.object({
    path: z.nullable(z.string()),
    changed: z.boolean(),
    steps: ToldStepsSchema,
    stillInFstab: z.boolean(),
    totalBytes: z.number(),
  }),
  run: (input, world) => removeSwap({ path: input.path, yes: input.yes }, world),
  render: removeText,
  exit: () => 0,
};

function removeText({ path, changed, stillInFstab, totalBytes }: RemoveSwapReport, style: Style): string {
  const lines = [
    changed
      ? `${path} is gone. The machine has ${formatSize(totalBytes)} of swap.`
      : `Nothing to do: nodectl made no swap file${path === null ? ' here' : ` at ${path}`}.`,
  ];
  if (stillInFstab)
    lines.push(`${style.paint('yellow', 'A line of /etc/fstab that is not nodectl’s still names it.')} Remove it yourself.`);
  return lines.join('\n');
}
