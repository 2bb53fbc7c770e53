import * as z from 'zod/mini';
import { type ExportReport, exportNode } from '../../actions/export-node.ts';
import { endedWell } from '../../actions/stop-node.ts';
import { NodectlError } from '../../errors.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import { flag, nodeName } from '../option-values.ts';
import { StopSchema, stopText } from '../start-report.ts';
import { PLAIN, type Style } from '../style.ts';

const Input = z.strictObject({ file: z.string(), node: nodeName, chain: flag, stop: flag });
type Input = z.infer<typeof Input>;

export const command: Command<Input, ExportReport> = {
  summary: "pack a stopped node's keys, configuration and, where it is its own, chain into an archive",
  arguments: [
    { usage: '<file>', help: 'the archive to make, by custom *.tar.zst; - is standard output', completes: 'file' },
    { usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' },
  ],
  options: [
    { flags: '--chain', help: "with the chain's data, also of a network whose chain others have (dev and private chains: always)" },
    { flags: '--stop', help: 'stop a node that runs, in good order; it stays stopped' },
  ],
  examples: ['nodectl export dev.tar.zst dev --stop', 'nodectl export - lab --stop | ssh other-host nodectl import -'],
  input: Input,
  report: z.object({
    node: z.string(),
    file: z.nullable(z.string()),
    chain: z.boolean(),
    volumes: z.array(z.string()),
    files: z.number(),
    contentBytes: z.number(),
    archiveBytes: z.nullable(z.number()),
    stop: z.nullable(StopSchema),
    notes: z.array(z.string()),
  }),
  run: () => Promise.reject(new NodectlError('BUG', 'export is a stream.')),
  render: () => '',
  exit: () => 0,
  stream: async ({ file, node, chain, stop }, world, output) => {
    if (file !== '-') {
      const report = await exportNode({ node, target: { file }, chain, stop }, world);
      world.console.progress(undefined);
      output.write(output.json ? JSON.stringify(report) : exportText(report, output.screen?.style ?? PLAIN));
      return exitOf(report);
    }
    if (output.json) throw new NodectlError('USAGE', 'The archive goes to standard output: there is no room for --json.');
    if (output.screen !== undefined) throw new NodectlError('USAGE', 'An archive is nothing for a terminal: name a file, or pipe it.');
    const report = await exportNode({ node, target: 'stdout', chain, stop }, world);
    world.console.progress(undefined);
    world.console.notice(exportText(report, PLAIN));
    return exitOf(report);
  },
};

/** An unclean end is told, but what was packed is what lay there. */
function exitOf({ stop }: ExportReport): number {
  return stop === null || endedWell(stop) ? 0 : 3;
}

function exportText(report: ExportReport, style: Style): string {
  const { node, file, chain, files, contentBytes, archiveBytes, stop, notes } = report;
  const size = archiveBytes === null ? '' : ` in ${formatSize(archiveBytes)}`;
  const what = chain ? 'keys, configuration and chain' : 'keys and configuration, no chain data (--chain adds it)';
  const lines = stop === null ? [] : [stopText(stop, style)];
  lines.push(`${style.paint('green', file ?? node)}: ${what}; ${files} files, ${formatSize(contentBytes)}${size}.`);
  lines.push('It holds private keys: keep it as you keep them, and never run the node in two places.');
  return [...lines, ...notes].join('\n');
}
