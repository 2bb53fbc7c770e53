import * as z from 'zod/mini';
import { type ImportReport, importNode } from '../../actions/import-node.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import type { Style } from '../style.ts';

const Input = z.strictObject({ file: z.string(), name: nodeName });

export const command: Command<z.infer<typeof Input>, ImportReport> = {
  summary: "make a node's volumes from an archive of `nodectl export`",
  arguments: [{ usage: '<file>', help: 'the archive; - is standard input', completes: 'file' }],
  options: [{ flags: '--name <name>', help: 'name of the node here (default: the one it had)', completes: 'nothing' }],
  examples: ['nodectl import dev.tar.zst', 'ssh other-host nodectl export - lab --stop | nodectl import -'],
  input: Input,
  report: z.object({
    node: z.string(),
    from: z.object({ node: z.string(), nodectl: z.string(), made: z.string() }),
    network: z.nullable(z.string()),
    chain: z.boolean(),
    volumes: z.array(z.string()),
    files: z.number(),
    contentBytes: z.number(),
    hasSpec: z.boolean(),
  }),
  run: ({ file, name }, world) => importNode({ source: file === '-' ? 'stdin' : { file }, name }, world),
  render: importText,
  exit: () => 0,
};

function importText({ node, from, chain, volumes, files, contentBytes, hasSpec }: ImportReport, style: Style): string {
  const what = chain ? 'keys, configuration and chain' : 'keys and configuration, no chain data';
  const where = volumes.join(', ');
  const next = hasSpec ? `nodectl up --name ${node}` : `nodectl up --name ${node} (with the options it shall have)`;
  return [
    `${style.paint('green', node)}: ${what} of ${from.node}, made ${from.made}; ${files} files, ${formatSize(contentBytes)}, in ${where}.`,
    `Start it with \`${next}\`. It has the keys of the node it came from: never run both.`,
  ].join('\n');
}
