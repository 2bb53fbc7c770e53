import type { ContainerLimits, ObservedContainer } from '../ports/containers.ts';
import type { ClientSpec } from './consensus/consensus-spec.ts';
import { readClient } from './consensus/read-client.ts';
import type { Share } from './consensus/split-budget.ts';
import { type NodeSpec, readSpec } from './spec.ts';

/**
 * The spec a node has now: what its container's label says, with the limits that the engine holds, since those can be
 * changed on a living container and a label cannot. They are of both parts together; `consensus` is the container of its
 * consensus client, and without it the client's share is the label's. Undefined when the label cannot be read.
 */
export function presentSpec(container: ObservedContainer | undefined, consensus?: ObservedContainer): NodeSpec | undefined {
  if (container === undefined) return undefined;
  const spec = readSpec(container.labels);
  if (spec === undefined) return undefined;
  if (spec.consensus?.kind !== 'client') return { ...spec, ...heldLimits(container.limits, spec) };
  const client = presentClient(spec.consensus, consensus);
  const geth = heldLimits(container.limits, without(spec, spec.consensus));
  return {
    ...spec,
    memory: geth.memory + client.memory,
    swap: geth.swap + client.swap,
    cpus: (Math.round(geth.cpus * 1e9) + Math.round(client.cpus * 1e9)) / 1e9,
    consensus: client,
  };
}

/** A consensus client as its container tells it, with the limits that the engine holds. */
export function presentClient(spec: ClientSpec, container: ObservedContainer | undefined): ClientSpec {
  if (container === undefined) return spec;
  const told = readClient(container.labels) ?? spec;
  return { ...told, ...heldLimits(container.limits, told) };
}

function without(whole: Share, part: Share): Share {
  return { memory: whole.memory - part.memory, swap: whole.swap - part.swap, cpus: whole.cpus - part.cpus };
}

function heldLimits({ memory, memorySwap, nanoCpus }: ContainerLimits, told: Share): Share {
  return {
    memory: memory > 0 ? memory : told.memory,
    // -1: an engine without swap accounting wrote the limit away.
    swap: memorySwap > 0 && memorySwap >= memory ? memorySwap - memory : told.swap,
    cpus: nanoCpus > 0 ? nanoCpus / 1e9 : told.cpus,
  };
}
