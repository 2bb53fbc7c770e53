import { type NodeSpec, readSpec } from './spec.ts';

type Labels = Readonly<Record<string, string>>;

/** True for two nodes of one private chain that can be peers: a light client talks to light servers only. */
export function areSiblings(one: Labels, other: Labels): boolean {
  const [left, right] = [readSpec(one), readSpec(other)];
  const chain = left?.custom?.private?.genesis;
  if (left === undefined || right === undefined || chain === undefined || right.custom?.private?.genesis !== chain) return false;
  return talks(left, right) && talks(right, left);
}

function talks(one: NodeSpec, other: NodeSpec): boolean {
  return one.mode !== 'light' || (other.mode !== 'light' && other.lightPeers > 0);
}
