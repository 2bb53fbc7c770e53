import * as z from 'zod/mini';
import { type DownReport, down } from '../../actions/down.ts';
import { endedWell } from '../../actions/stop-node.ts';
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
  summary: 'stop a node in good order and remove its containers; its volumes stay',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [
    { flags: '--volumes', help: "remove all of the node's volumes too, with all chain data and keys" },
    { flags: '-y, --yes', help: 'agree to removing the volumes' },
  ],
  examples: ['nodectl down dev', 'nodectl down dev --volumes --yes'],
  input: z.strictObject({ node: nodeName, volumes: flag, yes: flag }),
  report: z.object({
    node: z.string(),
    stop: z.nullable(StopSchema),
    removed: z.object({
      container: z.nullable(z.string()),
      volume: z.nullable(z.string()),
      consensus: z.nullable(z.string()),
      volumes: z.array(z.string()),
      network: z.nullable(z.string()),
    }),
    keptVolume: z.nullable(z.string()),
    keptVolumes: z.array(z.string()),
    leftAlone: z.array(z.object({ kind: z.enum(['volume', 'network']), name: z.string() })),
  }),
  run: (input, world) => down({ node: input.node, volumes: input.volumes, yes: input.yes }, world),
  render: renderDown,
  exit: ({ stop }) => (stop === null || endedWell(stop) ? 0 : 3),
};

function renderDown({ stop, removed, keptVolumes, leftAlone }: DownReport, style: Style): string {
  const lines = stop === null ? [] : [stopText(stop, style)];
  for (const container of [removed.consensus, removed.container]) if (container !== null) lines.push(`Removed container ${container}.`);
  if (removed.network !== null) lines.push(`Removed network ${removed.network}.`);
  for (const volume of removed.volumes) lines.push(`Removed volume ${volume}.`);
  for (const volume of keptVolumes) lines.push(`Kept volume ${volume}.`);
  for (const { kind, name } of leftAlone) lines.push(`Left ${kind} ${name} alone: it is not nodectl's.`);
  return lines.join('\n');
}
