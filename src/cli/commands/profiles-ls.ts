import * as z from 'zod/mini';
import { listProfiles, type ProfileList } from '../../actions/list-profiles.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import type { Style } from '../style.ts';

export const command: Command<Record<string, never>, ProfileList> = {
  summary: 'list the networks and presets',
  arguments: [],
  options: [],
  examples: ['nodectl profiles ls'],
  input: z.object({}),
  report: z.object({
    profiles: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['network', 'private', 'preset']),
        title: z.string(),
        chainId: z.nullable(z.number()),
        geth: z.nullable(z.string()),
        /** Bytes. */
        memory: z.nullable(z.number()),
      }),
    ),
  }),
  run: (_input, world) => listProfiles(world),
  render: renderList,
  exit: () => 0,
};

function renderList({ profiles }: ProfileList, style: Style): string {
  const head = ['NAME', 'KIND', 'CHAIN', 'GETH', 'MEMORY', 'TITLE'];
  const cells = profiles.map((row) => [
    row.name,
    row.kind,
    row.chainId === null ? '-' : String(row.chainId),
    row.geth ?? '-',
    row.memory === null ? '-' : formatSize(row.memory),
    row.title,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)));
  const lines = [head, ...cells].map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [style.paint('bold', lines[0] ?? ''), ...lines.slice(1)].join('\n');
}
