import * as z from 'zod/mini';
import { type ShowSwapReport, showSwap } from '../../actions/show-swap.ts';
import { shellWord } from '../../host/shell-word.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';

export const command: Command<Record<string, never>, ShowSwapReport> = {
  summary: "show this machine's swap, and whether it is enough for the limits of its nodes",
  arguments: [],
  options: [],
  examples: ['nodectl host swap show', 'nodectl host swap show --json'],
  input: z.object({}),
  report: z.object({
    areas: z.readonly(
      z.array(
        z.object({
          path: z.string(),
          kind: z.enum(['file', 'partition', 'zram', 'deleted']),
          sizeBytes: z.number(),
          usedBytes: z.number(),
          priority: z.number(),
          mode: z.nullable(z.string()),
          uid: z.nullable(z.number()),
          closed: z.nullable(z.boolean()),
          persistent: z.nullable(z.boolean()),
          own: z.boolean(),
        }),
      ),
    ),
    totalBytes: z.number(),
    usedBytes: z.number(),
    promisedBytes: z.nullable(z.number()),
    engineProblem: z.nullable(z.string()),
    enough: z.nullable(z.boolean()),
  }),
  run: (_input, world) => showSwap(world),
  render: showText,
  exit: () => 0,
};

function showText(report: ShowSwapReport, style: Style): string {
  const word = (value: boolean | null) => (value === null ? '-' : value ? 'yes' : 'no');
  const rows = report.areas.map((area) => [
    area.path,
    area.kind,
    formatSize(area.sizeBytes),
    formatSize(area.usedBytes),
    String(area.priority),
    area.mode ?? '-',
    area.uid === null ? '-' : String(area.uid),
    word(area.persistent),
    word(area.own),
  ]);
  const titles = ['PATH', 'KIND', 'SIZE', 'USED', 'PRIORITY', 'MODE', 'OWNER', 'AT BOOT', 'NODECTL'];
  const lines = rows.length === 0 ? ['This machine has no swap.'] : [textTable(titles, rows, style)];
  for (const { path, closed } of report.areas) {
    if (closed === false) lines.push(`${style.paint('red', path)} can be read by others than root: \`chmod 600 ${shellWord(path)}\`.`);
  }
  lines.push(promiseText(report, style));
  return lines.join('\n');
}

function promiseText({ promisedBytes, engineProblem, enough, totalBytes }: ShowSwapReport, style: Style): string {
  if (promisedBytes === null) return `What the nodes are promised is not known: ${engineProblem}`;
  if (promisedBytes === 0) return 'No node is promised swap.';
  const sum = `The limits of the nodes promise ${formatSize(promisedBytes)} of swap; there is ${formatSize(totalBytes)}.`;
  return enough ? sum : `${style.paint('red', sum)} Add some with \`nodectl host swap add\`.`;
}
