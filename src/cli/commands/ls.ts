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

const CONTAINER_STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

function listSchema() {
  const text = z.nullable(z.string());
  return z.object({
    nodes: z.array(
      z.object({
        node: z.string(),
        state: z.enum([...CONTAINER_STATES, 'half-made']).check(z.describe('of a node of two parts the worse one')),
        network: text,
        mode: text,
        geth: text,
        consensus: z.nullable(
          z
            .object({ client: text, state: z.enum([...CONTAINER_STATES, 'missing']) })
            .check(z.describe('the client in a container of its own')),
        ),
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
  // A column of dashes would only widen the table where no node has a client.
  const pairs = nodes.some(({ consensus }) => consensus !== null);
  const rows = nodes.map((row) => [
    row.node,
    row.network ?? '-',
    row.mode ?? '-',
    row.geth || '-',
    ...(pairs ? [clientText(row)] : []),
    row.state,
    row.memoryBytes === null ? '-' : formatSize(row.memoryBytes),
    row.ports.join(',') || '-',
    formatDuration(row.ageMs).split(' ')[0] ?? '',
  ]);
  const titles = ['NAME', 'NETWORK', 'MODE', 'GETH', ...(pairs ? ['CONSENSUS'] : []), 'STATE', 'MEMORY', 'PORTS', 'AGE'];
  return textTable(titles, rows, style);
}

/** The client's name, and where it stands when it does not run. */
function clientText({ consensus }: NodeList['nodes'][number]): string {
  if (consensus === null) return '-';
  const client = consensus.client ?? 'unknown';
  return consensus.state === 'running' ? client : `${client} (${consensus.state})`;
}
