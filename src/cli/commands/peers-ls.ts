import * as z from 'zod/mini';
import { listPeers, type PeerListReport, type PeerListRequest } from '../../actions/list-peers.ts';
import { byClient, clientVersion } from '../../node/peer-clients.ts';
import type { Command } from '../command.ts';
import { FORCE_ATTACH } from '../force-attach.ts';
import { flag, nodeName } from '../option-values.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';

export const command: Command<PeerListRequest, PeerListReport> = {
  summary: 'list the peers of a running node, by client',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'running-node' }],
  options: [FORCE_ATTACH],
  examples: ['nodectl peers ls', "nodectl peers ls sealer --json | jq '.peers | length'"],
  input: z.strictObject({ node: nodeName, force: flag }),
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
    client: z.string().check(z.describe('what the peer calls itself')),
    direction: z.enum(['inbound', 'outbound']),
    address: z.string(),
    static: z.boolean().check(z.describe('geth dialled it as one that it keeps connected')),
    trusted: z.boolean(),
    protocols: z.array(z.string()),
    head: z.nullable(z.number()).check(z.describe('number of its newest block; null before geth 1.16, which knows only its hash')),
  });
  const client = z.string().check(z.describe("'' for those that do not say"));
  const Client = z.object({ client, peers: z.int(), inbound: z.int(), outbound: z.int() });
  return z.object({ node: z.string(), clients: z.array(Client).check(z.describe('most peers first')), peers: z.array(Peer) });
}

function peersText({ node, peers }: PeerListReport, style: Style): string {
  if (peers.length === 0) return `${node} has no peers now.`;
  const rows = byClient(peers).flatMap(({ client, peers: own }) =>
    own.map(({ client: itself, direction, address, protocols, head }, index) => [
      index === 0 ? `${client || 'unknown'} (${own.length})` : '',
      clientVersion(itself) || '-',
      direction,
      address || '-',
      protocols.join(',') || '-',
      head === null ? '-' : String(head),
    ]),
  );
  return textTable(['CLIENT', 'VERSION', 'DIRECTION', 'ADDRESS', 'PROTOCOLS', 'HEAD'], rows, style);
}
