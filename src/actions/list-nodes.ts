import { readClient } from '../node/consensus/read-client.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames, partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { ContainerState, ContainerSummary } from '../ports/containers.ts';
import type { World } from '../ports.ts';

/** One node as the list call alone tells it; null = not known. */
export interface ListedNode {
  readonly node: string;
  /**
   * Of a node of two parts the worse one: it is `running` only when both are. `half-made`: a part is missing, or only helpers
   * of an `up` that was cut off are left; the next `up` makes it whole.
   */
  readonly state: ContainerState | 'half-made';
  readonly network: string | null;
  readonly mode: string | null;
  readonly geth: string | null;
  /** The consensus client in a container of its own; null where the node has none and shall have none. `missing`: it has no container. */
  readonly consensus: { readonly client: string | null; readonly state: ContainerState | 'missing' } | null;
  readonly memoryBytes: number | null;
  /** Ports of all parts on the engine's host, ascending. */
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

/** From what runs to what needs somebody. */
const WORSE: readonly ContainerState[] = ['running', 'created', 'removing', 'paused', 'restarting', 'exited', 'dead'];

function listed(node: string, containers: readonly ContainerSummary[], now: number): ListedNode {
  const own = containers.find(({ name }) => name === partNames(node).container);
  const beside = containers.find(({ name }) => name === consensusNames(node).container);
  const spec = own && readSpec(own.labels);
  const wanted = spec?.consensus?.kind === 'client' ? spec.consensus : undefined;
  const client = (beside && readClient(beside.labels)) ?? wanted;
  const createdAt = own?.createdAt ?? Math.min(...containers.map((container) => container.createdAt));
  const whole = own !== undefined && (wanted === undefined || beside !== undefined);
  const states = [own, beside].flatMap((part) => part?.state ?? []);
  return {
    node,
    state: whole ? states.reduce((one, other) => (WORSE.indexOf(other) > WORSE.indexOf(one) ? other : one)) : 'half-made',
    network: spec?.network ?? null,
    mode: spec?.mode ?? null,
    geth: spec?.geth ?? null,
    consensus: client || beside ? { client: client?.client ?? null, state: beside?.state ?? 'missing' } : null,
    memoryBytes: spec?.memory ?? null,
    ports: [...new Set([...portsOf(own, spec?.ports), ...portsOf(beside, client?.ports)])].sort((one, other) => one - other),
    createdAt: new Date(createdAt).toISOString(),
    ageMs: Math.max(0, now - createdAt),
  };
}

/** The ports a part publishes, or would when it ran. */
function portsOf(part: ContainerSummary | undefined, told: Readonly<Record<string, number | null>> | undefined): readonly number[] {
  if (part?.ports.length) return part.ports.map(({ hostPort }) => hostPort);
  return Object.values(told ?? {}).filter((port) => port !== null);
}
