import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { ContainerState, ContainerSummary } from '../ports/containers.ts';
import type { World } from '../ports.ts';

/** One node as the list call alone tells it; null = not known. */
export interface ListedNode {
  readonly node: string;
  /** `half-made`: only helpers of an `up` that was cut off are left; the next `up` clears them away. */
  readonly state: ContainerState | 'half-made';
  readonly network: string | null;
  readonly mode: string | null;
  readonly geth: string | null;
  readonly memoryBytes: number | null;
  /** Ports on the engine's host, ascending. */
  readonly ports: readonly number[];
  readonly createdAt: string;
  readonly ageMs: number;
}

export interface NodeList {
  readonly nodes: readonly ListedNode[];
}

/** Every node of the engine by name, from one call. */
export async function listNodes(world: World): Promise<NodeList> {
  const engine = await world.engine();
  const containers = await engine.list();
  const now = world.clock.now();
  const names = [...new Set(containers.flatMap(({ labels }) => labels[LABEL_NODE] ?? []))].sort();
  const partsOf = (node: string) => containers.filter(({ labels }) => labels[LABEL_NODE] === node);
  return { nodes: names.map((node) => listed(node, partsOf(node), now)) };
}

function listed(node: string, containers: readonly ContainerSummary[], now: number): ListedNode {
  const own = containers.find(({ name }) => name === partNames(node).container);
  const spec = own && readSpec(own.labels);
  const published = own?.ports.length ? own.ports.map(({ hostPort }) => hostPort) : Object.values(spec?.ports ?? {});
  const ports = [...new Set(published)].filter((port) => port !== null).sort((a, b) => a - b);
  const createdAt = own?.createdAt ?? Math.min(...containers.map((container) => container.createdAt));
  return {
    node,
    state: own?.state ?? 'half-made',
    network: spec?.network ?? null,
    mode: spec?.mode ?? null,
    geth: spec?.geth ?? null,
    memoryBytes: spec?.memory ?? null,
    ports,
    createdAt: new Date(createdAt).toISOString(),
    ageMs: Math.max(0, now - createdAt),
  };
}
