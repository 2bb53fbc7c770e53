import * as z from 'zod/mini';
import { type ResyncReport, type ResyncRequest, resync } from '../../actions/resync.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';
import { StartSchema, StopSchema, startLines, stopText } from '../start-report.ts';
import type { Style } from '../style.ts';

export const command: Command<ResyncRequest, ResyncReport> = {
  summary: "remove a node's chain and let it begin anew; keys, node key, peers and secrets stay",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [{ flags: '-y, --yes', help: 'agree to removing the chain' }],
  examples: ['nodectl resync hoodi', 'nodectl resync hoodi --yes'],
  input: z.pipe(
    z.strictObject({ node: nodeName, yes: flag }),
    z.transform(({ node, yes }): ResyncRequest => ({ node, yes })),
  ),
  report: z.object({
    node: z.string(),
    removed: z.array(z.string()),
    stop: z.nullable(StopSchema),
    start: z.nullable(StartSchema),
  }),
  run: resync,
  render: resyncText,
  exit: () => 0,
};

function resyncText({ node, removed, stop, start }: ResyncReport, style: Style): string {
  const lines = stop === null ? [] : [stopText(stop, style)];
  const what = removed.length === 0 ? `No chain data were left of ${node}` : `Removed ${removed.join(', ')} of ${node}`;
  lines.push(`${what}.`);
  if (start === null) return [...lines, `It stays stopped: \`nodectl up --name ${node}\` starts it.`].join('\n');
  return [...lines, `${style.paint('green', node)} begins its chain anew.`, ...startLines(start, style)].join('\n');
}
