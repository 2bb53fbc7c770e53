import { type Peer, peerList } from '../node/peer-list.ts';
import { WHO_AND_PEERS } from '../node/peer-questions.ts';
import type { World } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { peeredNode } from './peered-node.ts';

export interface PeerListReport {
  readonly node: string;
  readonly peers: readonly Peer[];
}

/** The peers a running node has now. */
export async function listPeers(request: { readonly node?: string | undefined }, world: World): Promise<PeerListReport> {
  const engine = await world.engine();
  const { node, container } = await peeredNode(request.node, engine);
  const { peers } = await askIpc(container.id, WHO_AND_PEERS, engine);
  return { node, peers: peerList(peers) };
}
