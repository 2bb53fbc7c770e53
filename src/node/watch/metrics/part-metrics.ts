import type { NodeStatus } from '../../node-status.ts';
import type { NodeSample } from '../sample.ts';
import { bit, instantSeconds, type NodeMetric, type Reading } from './metric.ts';

/** A container of a node. */
interface Part {
  readonly name: 'execution' | 'consensus' | 'light';
  readonly container: NodeStatus['container'];
  readonly limits: NodeStatus['limits'] | null;
  readonly use: NodeStatus['use'] | null;
}

/** What each container of a node uses and may use, and how its life went. */
export const PART_METRICS: readonly NodeMetric[] = [
  {
    name: 'nodectl_node_memory_usage_bytes',
    type: 'gauge',
    help: 'Memory in use, without file cache that nobody uses.',
    labels: ['part'],
    read: byPart(({ use }) => use?.memoryBytes ?? null),
  },
  {
    name: 'nodectl_node_memory_limit_bytes',
    type: 'gauge',
    help: 'The limit of memory; none where there is no limit.',
    labels: ['part'],
    read: byPart(({ limits }) => limits?.memoryBytes ?? null),
  },
  {
    name: 'nodectl_node_swap_usage_bytes',
    type: 'gauge',
    help: 'Swap in use.',
    labels: ['part'],
    read: byPart(({ use }) => use?.swapBytes ?? null),
  },
  {
    name: 'nodectl_node_swap_limit_bytes',
    type: 'gauge',
    help: 'The limit of swap, beyond memory; none where there is no limit.',
    labels: ['part'],
    read: byPart(({ limits }) => limits?.swapBytes ?? null),
  },
  {
    name: 'nodectl_node_cpu_limit_cores',
    type: 'gauge',
    help: 'CPUs that may be used; none where there is no limit.',
    labels: ['part'],
    read: byPart(({ limits }) => limits?.cpus ?? null),
  },
  {
    name: 'nodectl_node_disk_usage_bytes',
    type: 'gauge',
    help: 'What the volume allocates on the disk.',
    labels: ['part'],
    read: byPart(({ use }) => use?.diskBytes ?? null),
  },
  {
    name: 'nodectl_node_start_time_seconds',
    type: 'gauge',
    help: 'When the container was started last.',
    labels: ['part'],
    read: byPart(({ container }) => instantSeconds(container.startedAt)),
  },
  {
    name: 'nodectl_node_restarts_total',
    type: 'counter',
    help: 'How often the engine started the container again by its restart policy, since somebody started it.',
    labels: ['part'],
    read: byPart(({ container }) => container.restartCount),
  },
  {
    name: 'nodectl_node_exit_code',
    type: 'gauge',
    help: 'How the container ended; none while it runs and before it ran.',
    labels: ['part'],
    read: byPart(({ container }) => container.exitCode),
  },
  {
    name: 'nodectl_node_oom_killed',
    type: 'gauge',
    help: 'Whether the engine holds that the kernel killed it at the limit of its memory.',
    labels: ['part'],
    read: byPart(({ container }) => bit(container.oomKilled)),
  },
];

function byPart(value: (part: Part) => number | null): (sample: NodeSample) => readonly Reading[] {
  return ({ status }) => partsOf(status).map((part) => ({ labels: [part.name], value: value(part) }));
}

function partsOf({ container, limits, use, light, consensus }: NodeStatus): readonly Part[] {
  const own: Part = { name: light === null ? 'execution' : 'light', container, limits, use };
  if (!consensus?.container) return [own];
  return [own, { name: 'consensus', container: consensus.container, limits: consensus.limits, use: consensus.use }];
}
