import { NodectlError } from '../errors.ts';
import { isEnode } from '../node/enode.ts';
import { addressFor, enodeAt, enodeKey, type NodeInfo } from '../node/enode-address.ts';
import { WHO_AND_PEERS } from '../node/peer-questions.ts';
import { printable } from '../node/printable.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Engine } from '../ports/engine.ts';
import { askIpc } from './ask-ipc.ts';
import { type PeeredNode, peeredNode } from './peered-node.ts';

export interface ResolvedPeer {
  readonly enode: string;
  /** The node of this engine that was named; undefined for an enode. */
  readonly node?: PeeredNode;
}

/** Rejects for a node whose geth is not to be asked. */
type MayAsk = (node: PeeredNode) => Promise<void>;

/**
 * The peer that a word means: an enode as it is, or another running node of the same chain at its container's address.
 * USAGE for anything else, itself and nodes that cannot reach each other; NO_SUCH_NODE, NODE_NOT_RUNNING.
 */
export async function resolvePeer(word: string, own: PeeredNode, ownInfo: NodeInfo, engine: Engine, mayAsk: MayAsk): Promise<ResolvedPeer> {
  const peer = isEnode(word) ? { enode: word.toLowerCase() } : await namedNode(word, own, engine, mayAsk);
  if (enodeKey(peer.enode) === enodeKey(ownInfo.enode)) throw usage(`${own.node} cannot be a peer of itself.`);
  return peer;
}

async function namedNode(word: string, own: PeeredNode, engine: Engine, mayAsk: MayAsk): Promise<ResolvedPeer> {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(word)) {
    throw usage(`"${printable(word, 80)}" is neither an enode nor the name of a node.`);
  }
  if (word === own.node) throw usage(`${own.node} cannot be a peer of itself.`);
  const node = await peeredNode(word, engine);
  if (!sameChain(node.spec, own.spec)) {
    throw usage(`${word} is a node of another chain: ${node.spec.network}, and ${own.node} of ${own.spec.network}.`);
  }
  await mayAsk(node);
  const { info } = await askIpc(node.container.id, WHO_AND_PEERS, engine);
  const enode = enodeAt(info, addressFor(node.container, own.container));
  if (enode === undefined) throw usage(`${own.node} cannot reach ${word}: they share no network of the engine.`);
  return { enode, node };
}

function sameChain(one: NodeSpec, other: NodeSpec): boolean {
  return one.chainId === other.chainId && one.custom?.private?.genesis === other.custom?.private?.genesis;
}

function usage(message: string): NodectlError {
  return new NodectlError('USAGE', message, {
    hint: 'Give enode://<128 hex digits>@<address>:<port>, as `nodectl inspect` prints it, or the name of another node of this chain.',
  });
}
