import { parseSize } from '../node/size.ts';
import type { Subject, Tenant } from './check.ts';

/** What one node may take of the host by its limits, bytes; Infinity = no limit. */
export interface Claim {
  readonly node: string;
  readonly memory: number;
  readonly swap: number;
  /** False for a node that takes nothing now: planned, or not running. */
  readonly running: boolean;
}

/** The claims of all nodes together, the planned one in place of what runs under its name. */
export function claims(subject: Subject): readonly Claim[] {
  const planned = plannedClaim(subject);
  const present = subject.tenants.filter(({ name }) => planned === undefined || name !== planned.node).map(tenantClaim);
  return planned === undefined ? present : [...present, planned];
}

/** Of the node that is asked about; undefined where none is. */
export function plannedClaim({ network, memory, swap, tenants }: Subject): Claim | undefined {
  if (network === undefined && memory === undefined && swap === undefined) return undefined;
  const node = network?.name ?? 'the planned node';
  const tenant = tenants.find(({ name }) => name === node);
  const present = tenant && tenantClaim(tenant);
  return {
    node,
    memory: memory ?? present?.memory ?? (network === undefined ? 0 : parseSize(network.memory, 'memory')),
    swap: swap ?? present?.swap ?? 0,
    running: present?.running ?? false,
  };
}

function tenantClaim({ name, spec, container }: Tenant): Claim {
  const { memory, memorySwap } = container.limits;
  return {
    node: name,
    memory: memory > 0 ? memory : spec.memory,
    // -1: an engine without swap accounting wrote the limit away.
    swap: memorySwap === -1 ? Number.POSITIVE_INFINITY : memorySwap >= memory && memory > 0 ? memorySwap - memory : spec.swap,
    running: container.state === 'running',
  };
}
