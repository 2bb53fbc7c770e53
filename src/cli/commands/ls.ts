import * as z from 'zod/mini';
import { listNodes, type NodeList } from '../../actions/list-nodes.ts';
import { formatDuration } from '../../node/duration.ts';
import { formatSize } from '../../node/size.ts';
import type { Command } from '../command.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';

export const command: Command<Record<string, never>, NodeList> = {
  summary: 'list the nodes',
  arguments: [],
  options: [],
  examples: ['nodectl ls', 'nodectl ls --json'],
  input: z.object({}),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return listSchema();
  },
  run: (_input, world) => listNodes(world),
  render: renderList,
  exit: () => 0,
};

function listSchema() {
  const text = z.nullable(z.string());
  return z.object({
    nodes: z.array(
      z.object({
        node: z.string(),
        state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'half-made']),
        network: text,
        mode: text,
        geth: text,
        memoryBytes: z.nullable(z.number()),
        ports: z.array(z.number()),
        createdAt: z.string(),
        ageMs: z.number(),
      }),
    ),
  });
}

function renderList({ nodes }: NodeList, style: Style): string {
  if (nodes.length === 0) return 'There is no node yet. Make one with `nodectl up`.';
  const rows = nodes.map((row) => [
    row.node,
    row.network ?? '-',
    row.mode ?? '-',
    row.geth ?? '-',
    row.state,
    row.memoryBytes === null ? '-' : formatSize(row.memoryBytes),
    row.ports.join(',') || '-',
    formatDuration(row.ageMs).split(' ')[0] ?? '',
  ]);
  return textTable(['NAME', 'NETWORK', 'MODE', 'GETH', 'STATE', 'MEMORY', 'PORTS', 'AGE'], rows, style);
}
