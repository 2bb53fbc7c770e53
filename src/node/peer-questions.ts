import * as z from 'zod/mini';
import { NodectlError } from '../errors.ts';
import { isEnode } from './enode.ts';
import { NodeInfoSchema } from './enode-address.ts';
import { ipcQuestion } from './ipc-question.ts';
import { PeersSchema } from './peer-list.ts';

const Standing = z.object({ info: NodeInfoSchema, peers: PeersSchema });

/** Who a node is and which peers it has. */
export const WHO_AND_PEERS = ipcQuestion('{info:admin.nodeInfo,peers:admin.peers}', Standing);

/** The same after the enodes were added to, or removed from, those that geth keeps connected; `failed` has geth's words for each that it refused. */
export function changePeers(change: 'add' | 'remove', enodes: readonly string[]) {
  const stranger = enodes.find((enode) => !isEnode(enode));
  if (stranger !== undefined) throw new NodectlError('USAGE', `${JSON.stringify(stranger.slice(0, 80))} is no enode.`);
  const act = `function(e){try{admin.${change}Peer(e);return[]}catch(x){return[String(x)]}}`;
  const failed = `[].concat.apply([],${JSON.stringify(enodes)}.map(${act}))`;
  return ipcQuestion(`{failed:${failed},info:admin.nodeInfo,peers:admin.peers}`, z.extend(Standing, { failed: z.array(z.string()) }));
}
