import * as z from 'zod/mini';
import { type DropReport, dropKept } from '../../actions/drop-kept.ts';
import { type MigrateReport, migrateStorage } from '../../actions/migrate-storage.ts';
import { endedWell } from '../../actions/stop-node.ts';
import { formatSize, MIB } from '../../node/size.ts';
import { PLACE_KINDS } from '../../node/storage/volume-place.ts';
import type { Command } from '../command.ts';
import { flag, nodeName, sizeOption } from '../option-values.ts';
import { StopSchema, stopText } from '../start-report.ts';
import type { Style } from '../style.ts';
import { UpReportSchema } from './up-report.ts';

const Input = z
  .strictObject({
    node: nodeName,
    to: z.optional(z.enum(PLACE_KINDS)),
    path: z.optional(z.string()),
    storage: sizeOption('--storage'),
    dropOld: flag,
    yes: flag,
  })
  .check(z.refine(({ to, dropOld }) => (to === undefined) === dropOld, { message: 'give --to, or --drop-old alone', path: ['to'] }));

type Either = MigrateReport & DropReport;
type Report = { readonly [Key in Exclude<keyof Either, 'node'>]?: Either[Key] | undefined } & Pick<Either, 'node'>;

export const command: Command<z.infer<typeof Input>, Report> = {
  summary: "move a node's chain to another place: stop, copy, compare, switch, start again; the old copy is kept",
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [
    { flags: '--to <place>', help: 'volume (of the engine), path (a folder), sized (a filesystem in a file)', completes: PLACE_KINDS },
    { flags: '--path <folder>', help: 'with --to path: a folder that exists, on a disk of this machine', completes: 'file' },
    { flags: '--storage <size>', help: 'with --to sized: its size (default: what the node was asked)', completes: 'nothing' },
    { flags: '--drop-old', help: 'remove the copy that an earlier migration kept' },
    { flags: '-y, --yes', help: 'agree to removing it' },
  ],
  examples: [
    'nodectl storage migrate hoodi --to sized --storage 200G',
    'nodectl storage migrate hoodi --to path --path /mnt/big',
    'nodectl storage migrate hoodi --drop-old --yes',
  ],
  input: Input,
  report: z.object({
    node: z.string(),
    to: z.optional(z.enum(PLACE_KINDS)),
    place: z.optional(z.string()),
    copy: z.optional(z.nullable(z.object({ files: z.number(), bytes: z.number(), copyMs: z.number(), compareMs: z.number() }))),
    kept: z.optional(z.string()),
    stop: z.optional(z.nullable(StopSchema)),
    up: z.optional(z.nullable(UpReportSchema)),
    dropped: z.optional(z.nullable(z.string())),
  }),
  run: ({ node, to, path, storage, yes }, world) =>
    to === undefined ? dropKept({ node, yes }, world) : migrateStorage({ node, to, path, storage }, world),
  render: migrateText,
  exit: ({ stop }) => (stop == null || endedWell(stop) ? 0 : 3),
};

function migrateText(report: Report, style: Style): string {
  const { node, place = '', copy, kept = '', stop, up, dropped } = report;
  if (dropped !== undefined) return dropped === null ? `Nothing to do: no old copy of ${node} is kept.` : `Removed ${dropped}.`;
  const lines = stop == null ? [] : [stopText(stop, style)];
  if (copy != null) {
    const pace = copy.copyMs === 0 ? '' : `, ${Math.round((copy.bytes / MIB / copy.copyMs) * 1000)} MiB a second`;
    lines.push(`Copied ${copy.files} files, ${formatSize(copy.bytes)}${pace}; compared byte by byte.`);
  }
  lines.push(
    `${style.paint('green', node)} has its chain in ${place}${up == null ? `. Start it with \`nodectl up --name ${node}\`` : ', and runs'}.`,
  );
  lines.push(`The old copy is kept in the volume ${kept}: \`nodectl storage migrate ${node} --drop-old\` removes it.`);
  return lines.join('\n');
}
