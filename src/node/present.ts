import type { ObservedContainer } from '../ports/containers.ts';
import { type NodeSpec, readSpec } from './spec.ts';

/**
 * The spec a container has now: what its label says, with the limits that the engine holds, since those can be changed
 * on a living container and a label cannot. Undefined when the label cannot be read.
 */
export function presentSpec(container: ObservedContainer | undefined): NodeSpec | undefined {
  if (container === undefined) return undefined;
  const spec = readSpec(container.labels);
  if (spec === undefined) return undefined;
  const { memory, memorySwap, nanoCpus } = container.limits;
  return {
    ...spec,
    memory: memory > 0 ? memory : spec.memory,
    // -1: an engine without swap accounting wrote the limit away.
    swap: memorySwap > 0 && memorySwap >= memory ? memorySwap - memory : spec.swap,
    cpus: nanoCpus > 0 ? nanoCpus / 1e9 : spec.cpus,
  };
}
