import * as z from 'zod/mini';
import { type GrowReport, type GrowRequest, growStorage } from '../../actions/grow-storage.ts';
import { formatSize, parseSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import { stepsText, ToldStepsSchema } from '../host-steps.ts';
import { flag, nodeName } from '../option-values.ts';
import type { Style } from '../style.ts';

const Size = z.pipe(
  z.string(),
  z.transform((text: string) => parseSize(text, 'the size')),
);

export const command: Command<GrowRequest, GrowReport> = {
  summary: 'give a chain volume of its own size more room, also while the node runs',
  arguments: [
    { usage: '<size>', help: 'what it shall have in all, for instance 40G', completes: 'nothing' },
    { usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' },
  ],
  options: [{ flags: '--dry-run', help: 'print the steps and change nothing' }],
  examples: ['nodectl storage grow 40G', 'nodectl storage grow 40G hoodi --dry-run'],
  input: z.pipe(
    z.strictObject({ size: Size, node: nodeName, dryRun: flag }),
    z.transform(({ size, node, dryRun }): GrowRequest => ({ size, node, dryRun })),
  ),
  report: z.object({
    node: z.string(),
    image: z.string(),
    fromBytes: z.number(),
    toBytes: z.number(),
    dryRun: z.boolean(),
    changed: z.boolean(),
    inUse: z.boolean(),
    steps: ToldStepsSchema,
  }),
  run: growStorage,
  render: growText,
  exit: () => 0,
};

function growText(report: GrowReport, style: Style): string {
  const { node, image, fromBytes, toBytes, changed, inUse } = report;
  if (!changed) return `Nothing to do: the chain volume of ${node} has ${formatSize(toBytes)}.`;
  if (report.dryRun) return stepsText(report.steps, style);
  const meanwhile = inUse ? ', while it was used' : '';
  return `The chain volume of ${style.paint('bold', node)} grew from ${formatSize(fromBytes)} to ${formatSize(toBytes)}${meanwhile} (${image}).`;
}
