import * as z from 'zod/mini';
import { type SwappinessReport, swappiness } from '../../actions/swappiness.ts';
import type { Command } from '../command.ts';
import { ToldStepsSchema } from '../host-steps.ts';
import { flag } from '../option-values.ts';
import type { Style } from '../style.ts';

const Input = z.strictObject({
  value: z.optional(z.pipe(z.string().check(z.regex(/^\d{1,4}$/, 'is not a whole number, 0 or more')), z.transform(Number))),
  undo: flag,
});

export const command: Command<z.infer<typeof Input>, SwappinessReport> = {
  summary: 'show how readily the kernel swaps, or set it now and for every boot',
  arguments: [{ usage: '[value]', help: '0 to 200, before Linux 5.8 to 100; left out, only shows', completes: 'nothing' }],
  options: [{ flags: '--undo', help: "take nodectl's setting back" }],
  examples: ['nodectl host swappiness', 'nodectl host swappiness 10', 'nodectl host swappiness --undo'],
  input: Input,
  report: z.object({
    swappiness: z.number(),
    most: z.number(),
    atBoot: z.nullable(z.object({ file: z.string(), value: z.string() })),
    persistent: z.boolean(),
    containers: z.nullable(z.number()),
    changed: z.boolean(),
    steps: ToldStepsSchema,
  }),
  run: (input, world) => swappiness({ value: input.value, undo: input.undo }, world),
  render: swappinessText,
  exit: ({ changed, persistent, steps }) => (changed && !persistent && steps.some(({ id }) => id === 'persist') ? 3 : 0),
};

function swappinessText(report: SwappinessReport, style: Style): string {
  const { atBoot, containers } = report;
  const origin =
    atBoot === null ? "no file sets it: it is the kernel's own 60 after a boot" : `${atBoot.file} sets ${atBoot.value} at boot`;
  const lines = [`vm.swappiness is ${style.paint('bold', String(report.swappiness))} of 0 to ${report.most}; ${origin}.`];
  if (!report.persistent && atBoot !== null) {
    const text = `The next boot brings ${atBoot.value}: ${atBoot.file} has the last word. Remove its line vm.swappiness, or set another value here.`;
    lines.push(style.paint('yellow', text));
  }
  if (report.swappiness === 0)
    lines.push('With 0 a node whose limit allows swap is killed at its memory limit instead (cgroup v2). 10 is safer.');
  if (containers !== null && containers !== report.swappiness) {
    lines.push(
      `Containers have ${containers} of their own (cgroup v1) until the next boot; /sys/fs/cgroup/memory/docker/memory.swappiness is for new ones.`,
    );
  }
  return lines.join('\n');
}
