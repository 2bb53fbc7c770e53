import { NodectlError } from '../errors.ts';
import { addressFor, enodeAt, enodeKey } from '../node/enode-address.ts';
import { changePeers, WHO_AND_PEERS } from '../node/peer-questions.ts';
import { printable } from '../node/printable.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { type PeeredNode, peeredNode } from './peered-node.ts';
import { rememberPeers } from './remember-peers.ts';
import { requireRoomForAttach } from './require-room-for-attach.ts';
import { resolvePeer } from './resolve-peer.ts';
import { untilConnected } from './until-connected.ts';

export interface PeerRequest {
  readonly node: string;
  /** An enode, or the name of another node of the same chain. */
  readonly peer: string;
  /** Asks geth also where a container has hardly any memory left. */
  readonly force: boolean;
}

export interface PeerChange {
  readonly node: string;
  /** The peer's enode. */
  readonly peer: string;
  /** The node's name where the peer was named by it. */
  readonly peerNode: string | null;
  readonly connected: boolean;
  /** True when geth will do the same after a restart. */
  readonly lasting: boolean;
}

/** Milliseconds in which a peer that can be reached is connected. */
const PATIENCE = 5_000;

/**
 * Makes geth keep a peer connected, now and, for a private chain, after a restart; between two nodes of this engine on both
 * sides, so that whichever starts first is found. That it connects is reported, not demanded.
 */
export async function addPeer(request: PeerRequest, world: World): Promise<PeerChange> {
  const engine = await world.engine();
  const room = roomTeller(request, world);
  const own = await peeredNode(request.node, engine);
  await room(own);
  const { info } = await askIpc(own.container.id, WHO_AND_PEERS, engine);
  const { enode, node } = await resolvePeer(request.peer, own, info, engine, room);
  const ours = node && enodeAt(info, addressFor(own.container, node.container));
  await change('add', own, enode, engine);
  if (node !== undefined && ours !== undefined) await change('add', node, ours, engine);
  const met = await untilConnected(own.container.id, [enode], PATIENCE, engine, world.clock);
  return { node: own.node, peer: enode, peerNode: node?.node ?? null, connected: met.size > 0, lasting: isPrivate(own) };
}

/** The reverse; between two nodes of this engine on both sides, since either would connect again. */
export async function removePeer(request: PeerRequest, world: World): Promise<PeerChange> {
  const engine = await world.engine();
  const room = roomTeller(request, world);
  const own = await peeredNode(request.node, engine);
  await room(own);
  const { info } = await askIpc(own.container.id, WHO_AND_PEERS, engine);
  const { enode, node } = await resolvePeer(request.peer, own, info, engine, room);
  const ours = node && enodeAt(info, addressFor(own.container, node.container));
  if (node !== undefined && ours !== undefined) await change('remove', node, ours, engine);
  await change('remove', own, enode, engine);
  const { peers } = await askIpc(own.container.id, WHO_AND_PEERS, engine);
  const connected = peers.some((peer) => enodeKey(peer.enode) === enodeKey(enode));
  return { node: own.node, peer: enode, peerNode: node?.node ?? null, connected, lasting: isPrivate(own) };
}

function roomTeller({ force }: PeerRequest, world: World): (node: PeeredNode) => Promise<void> {
  return async (node) => (force ? undefined : requireRoomForAttach(node, world));
}

async function change(what: 'add' | 'remove', { node, container, ...own }: PeeredNode, enode: string, engine: Engine): Promise<void> {
  const { failed } = await askIpc(container.id, changePeers(what, [enode]), engine);
  const said = failed[0];
  if (said !== undefined) {
    throw new NodectlError('GETH_REFUSED', `geth did not take the peer.`, { facts: { peer: enode, geth: printable(said, 300) } });
  }
  if (isPrivate(own)) await rememberPeers(node, container, { [what]: [enode] }, engine);
}

/** geth reads the peers it keeps from a file where its network is a private chain. */
function isPrivate({ spec }: Pick<PeeredNode, 'spec'>): boolean {
  return spec.custom?.private !== undefined;
}
