import * as z from 'zod/mini';
import { type DownReport, down } from '../../actions/down.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';
import { StopSchema, stopText } from '../start-report.ts';
import type { Style } from '../style.ts';

interface Input {
  readonly node?: string | undefined;
  readonly volumes: boolean;
  readonly yes: boolean;
}

export const command: Command<Input, DownReport> = {
  summary: 'stop a node in good order and remove its container; the chain volume stays',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one' }],
  options: [
    { flags: '--volumes', help: 'remove the chain volume too, with all chain data and keys' },
    { flags: '-y, --yes', help: 'agree to removing the volume' },
  ],
  examples: ['nodectl down dev', 'nodectl down dev --volumes --yes'],
  input: z.strictObject({ node: nodeName, volumes: flag, yes: flag }),
  report: z.object({
    node: z.string(),
    stop: z.nullable(StopSchema),
    removed: z.object({ container: z.nullable(z.string()), volume: z.nullable(z.string()) }),
    keptVolume: z.nullable(z.string()),
  }),
  run: (input, world) => down({ node: input.node, volumes: input.volumes, yes: input.yes }, world),
  render: renderDown,
  exit: (report) => (report.stop?.shutdown?.clean === false ? 3 : 0),
};

function renderDown(report: DownReport, style: Style): string {
  const lines = report.stop === null ? [] : [stopText(report.stop, style)];
  if (report.removed.container !== null) lines.push(`Removed container ${report.removed.container}.`);
  if (report.removed.volume !== null) lines.push(`Removed volume ${report.removed.volume}.`);
  if (report.keptVolume !== null) lines.push(`Kept volume ${report.keptVolume}.`);
  return lines.join('\n');
}
