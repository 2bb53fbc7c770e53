import * as z from 'zod/mini';
import { listPeers, type PeerListReport } from '../../actions/list-peers.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';

interface Input {
  readonly node?: string | undefined;
}

export const command: Command<Input, PeerListReport> = {
  summary: 'list the peers of a running node',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one' }],
  options: [],
  examples: ['nodectl peers ls', "nodectl peers ls sealer --json | jq '.peers | length'"],
  input: z.strictObject({ node: nodeName }),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return reportSchema();
  },
  run: (input, world) => listPeers(input, world),
  render: peersText,
  exit: () => 0,
};

function reportSchema() {
  const Peer = z.object({
    id: z.string(),
    enode: z.string().check(z.describe('of an inbound peer with the port it came from, not one it listens on')),
    client: z.string(),
    direction: z.enum(['inbound', 'outbound']),
    address: z.string(),
    static: z.boolean().check(z.describe('geth dialled it as one that it keeps connected')),
    trusted: z.boolean(),
    protocols: z.array(z.string()),
    head: z.nullable(z.number()).check(z.describe('number of its newest block; null before geth 1.16, which knows only its hash')),
  });
  return z.object({ node: z.string(), peers: z.array(Peer) });
}

function peersText({ node, peers }: PeerListReport, style: Style): string {
  if (peers.length === 0) return `${node} has no peers now.`;
  const rows = peers.map(({ client, direction, address, protocols, head }) => [
    client || '-',
    direction,
    address || '-',
    protocols.join(',') || '-',
    head === null ? '-' : String(head),
  ]);
  return textTable(['CLIENT', 'DIRECTION', 'ADDRESS', 'PROTOCOLS', 'HEAD'], rows, style);
}
