import type { ObservedNode } from '../ports/containers.ts';
import { partNames } from './names.ts';
import { presentSpec } from './present.ts';
import { type NodeSpec, readSpec } from './spec.ts';

/**
 * What a node is, or shall be where it has no container yet and what was to take its place still says it; undefined where only
 * volumes are left.
 */
export function keptSpec(node: string, { container, consensus, leftovers }: ObservedNode): NodeSpec | undefined {
  if (container !== undefined) return presentSpec(container, consensus);
  return readSpec(leftovers.find(({ name }) => name === partNames(node).successor)?.labels ?? {});
}
