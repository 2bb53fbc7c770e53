import { CHAIN_METRICS } from './chain-metrics.ts';
import { KERNEL_METRICS } from './kernel-metrics.ts';
import type { NodeMetric } from './metric.ts';
import { PART_METRICS } from './part-metrics.ts';
import { STATE_METRICS } from './state-metrics.ts';
import { SYNC_METRICS } from './sync-metrics.ts';

/** All that is told of a node that was looked at, in the order of the page. */
export const NODE_METRICS: readonly NodeMetric[] = [
  ...STATE_METRICS,
  ...CHAIN_METRICS,
  ...SYNC_METRICS,
  ...PART_METRICS,
  ...KERNEL_METRICS,
];

/** What is told of the scrape itself, also without any node. */
export const SCRAPE_METRICS = {
  build: {
    name: 'nodectl_build_info',
    type: 'gauge',
    help: 'Always 1: the nodectl that tells all this.',
    labels: ['version'],
  },
  engine: {
    name: 'nodectl_engine_up',
    type: 'gauge',
    help: 'Whether the Docker engine answered in time.',
    labels: [],
  },
  success: {
    name: 'nodectl_node_scrape_success',
    type: 'gauge',
    help: 'Whether the node was looked at in time; where not, it has no other value in this scrape.',
    labels: ['node'],
  },
} as const;
