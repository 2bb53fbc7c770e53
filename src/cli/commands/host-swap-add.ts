import * as z from 'zod/mini';
import { type AddSwapReport, addSwap } from '../../actions/add-swap.ts';
import { DEFAULT_SWAP_PATH, parseSwapPath } from '../../host/swap/swap-path.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import { stepsText, ToldStepsSchema } from '../host-steps.ts';
import { flag, sizeOption } from '../option-values.ts';
import type { Style } from '../style.ts';

const Input = z.strictObject({
  size: sizeOption('--size'),
  path: z.pipe(z._default(z.string(), DEFAULT_SWAP_PATH), z.transform(parseSwapPath)),
  yes: flag,
  dryRun: flag,
});

export const command: Command<z.infer<typeof Input>, AddSwapReport> = {
  summary: 'give this machine a swap file, in use now and after every boot',
  arguments: [],
  options: [
    { flags: '--size <size>', help: 'size of the file; left out, what memory and the limits of the nodes ask for', completes: 'nothing' },
    { flags: '--path <path>', help: `where the file shall be (default ${DEFAULT_SWAP_PATH})`, completes: 'file' },
    { flags: '-y, --yes', help: 'do not ask' },
    { flags: '--dry-run', help: 'print the steps and change nothing' },
  ],
  examples: ['nodectl host swap add --size 4G --yes', 'nodectl host swap add --dry-run'],
  input: Input,
  report: z.object({
    path: z.string(),
    sizeBytes: z.nullable(z.number()),
    filesystem: z.string(),
    dryRun: z.boolean(),
    changed: z.boolean(),
    steps: ToldStepsSchema,
    persistent: z.boolean(),
    totalBytes: z.number(),
  }),
  run: (input, world) => addSwap({ size: input.size, path: input.path, yes: input.yes, dryRun: input.dryRun }, world),
  render: addText,
  exit: () => 0,
};

function addText(report: AddSwapReport, style: Style): string {
  const { path, sizeBytes, changed, totalBytes } = report;
  if (sizeBytes === null) {
    return `Nothing to do: this machine has ${formatSize(totalBytes)} of swap, enough for its memory and its nodes. Give --size for more.`;
  }
  if (!changed) return `Nothing to do: ${path} (${formatSize(sizeBytes)}) is swap, now and after every boot.`;
  if (report.dryRun) return stepsText(report.steps, style);
  return `${style.paint('green', path)} (${formatSize(sizeBytes)}) is swap, now and after every boot. The machine has ${formatSize(totalBytes)} of swap.`;
}
