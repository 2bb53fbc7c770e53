import * as z from 'zod/mini';
import { NodectlError } from '../errors.ts';
import { isEnode } from './enode.ts';
import { NodeInfoSchema } from './enode-address.ts';
import { ipcQuestion } from './ipc-question.ts';
import { PeersSchema } from './peer-list.ts';

const Standing = z.object({ info: NodeInfoSchema, peers: PeersSchema });

/** Who a node is and which peers it has. */
export const WHO_AND_PEERS = ipcQuestion('{info:admin.nodeInfo,peers:admin.peers}', Standing);

/** How many peers a node had at an instant, by who called whom. */
export interface PeerDirections {
  readonly time: number;
  readonly inbound: number;
  readonly outbound: number;
}

const Count = z.number().check(z.int(), z.gte(0));

/** How many of its peers came to a node, and how many it went to; their names stay where they are. */
export const PEER_DIRECTIONS = ipcQuestion(
  '(function(){var i=0,o=0;admin.peers.forEach(function(p){p.network.inbound?i++:o++});return{inbound:i,outbound:o}})()',
  z.object({ inbound: Count, outbound: Count }),
);

/**
 * Who a node is and which peers it has after the enodes were added to, or removed from, those that geth keeps connected; `failed` has geth's words for each
 * that it refused. geth ignores an added node that it keeps already, also at another address: so one that is not connected is
 * removed first (p2p/dial.go, addStatic; it dials the same node again after 35 s at the earliest).
 */
export function changePeers(change: 'add' | 'remove', enodes: readonly string[]) {
  const stranger = enodes.find((enode) => !isEnode(enode));
  if (stranger !== undefined) throw new NodectlError('USAGE', `${JSON.stringify(stranger.slice(0, 80))} is no enode.`);
  const connected = 'admin.peers.some(function(p){return p.enode.indexOf(e.slice(0,136))===0})';
  const act = change === 'remove' ? 'admin.removePeer(e)' : `if(!${connected})admin.removePeer(e);admin.addPeer(e)`;
  const failed = `[].concat.apply([],${JSON.stringify(enodes)}.map(function(e){try{${act};return[]}catch(x){return[String(x)]}}))`;
  return ipcQuestion(`{failed:${failed},info:admin.nodeInfo,peers:admin.peers}`, z.extend(Standing, { failed: z.array(z.string()) }));
}
