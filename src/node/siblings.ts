import { type NodeSpec, readSpec } from './spec.ts';

type Labels = Readonly<Record<string, string>>;

/** True for two nodes of one private chain that can be peers: a light client talks to light servers only. */
export function areSiblings(one: Labels, other: Labels): boolean {
  const [left, right] = [readSpec(one), readSpec(other)];
  const chain = left?.custom?.private?.genesis;
  if (left === undefined || right === undefined || chain === undefined || right.custom?.private?.genesis !== chain) return false;
  return talks(left, right) && talks(right, left);
}

/**
 * False for a light client, which finds its servers itself: a server that dials it while it is still starting is refused by
 * its own geth, which then dials nobody at that address for half a minute (1.12.0, p2p/dial.go).
 */
export function isDialled(node: Labels): boolean {
  return readSpec(node)?.mode !== 'light';
}

function talks(one: NodeSpec, other: NodeSpec): boolean {
  return one.mode !== 'light' || (other.mode !== 'light' && other.lightPeers > 0);
}
