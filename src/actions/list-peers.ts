import { byClient } from '../node/peer-clients.ts';
import { type Peer, peerList } from '../node/peer-list.ts';
import { WHO_AND_PEERS } from '../node/peer-questions.ts';
import type { World } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { peeredNode } from './peered-node.ts';
import { requireRoomForAttach } from './require-room-for-attach.ts';

export interface PeerListRequest {
  readonly node?: string | undefined;
  /** Asks geth also where the container has hardly any memory left. */
  readonly force: boolean;
}

export interface PeerListReport {
  readonly node: string;
  /** How many run which client, most first; '' for those that do not say. */
  readonly clients: readonly { readonly client: string; readonly peers: number; readonly inbound: number; readonly outbound: number }[];
  readonly peers: readonly Peer[];
}

/** The peers a running node has now, through its IPC file. NO_ROOM, GETH_REFUSED, and what `peeredNode` refuses. */
export async function listPeers(request: PeerListRequest, world: World): Promise<PeerListReport> {
  const engine = await world.engine();
  const { node, container } = await peeredNode(request.node, engine);
  if (!request.force) await requireRoomForAttach({ node, container }, world);
  const peers = peerList((await askIpc(container.id, WHO_AND_PEERS, engine)).peers);
  const clients = byClient(peers).map(({ client, peers: own }) => {
    const inbound = own.filter(({ direction }) => direction === 'inbound').length;
    return { client, peers: own.length, inbound, outbound: own.length - inbound };
  });
  return { node, clients, peers };
}
