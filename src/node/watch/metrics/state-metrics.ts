import { WARNING_KINDS } from '../early-warning.ts';
import { bit, type NodeMetric, only, stateSet } from './metric.ts';
import { CONSENSUS_STATES, NODE_STATES } from './state-words.ts';

/** What a node is, how it is, and what it is warned of. */
export const STATE_METRICS: readonly NodeMetric[] = [
  {
    name: 'nodectl_node_info',
    type: 'gauge',
    help: 'Always 1: how the node was made. An empty label is not known, or there is none.',
    labels: ['network', 'mode', 'version', 'consensus'],
    read: ({ status }) => [
      { labels: [status.network ?? '', status.mode ?? '', status.geth.version ?? '', status.consensus?.client ?? ''], value: 1 },
    ],
  },
  {
    name: 'nodectl_node_state',
    type: 'gauge',
    help: 'State set: 1 for the state the node is in, 0 for every other.',
    labels: ['state'],
    read: ({ status }) => stateSet(NODE_STATES, (word) => word === status.sync.state),
  },
  {
    name: 'nodectl_node_healthy',
    type: 'gauge',
    help: 'Whether the node and its consensus client are as they should be, as `nodectl status` says.',
    labels: [],
    read: ({ status }) => only(bit(status.healthy)),
  },
  {
    name: 'nodectl_node_consensus_state',
    type: 'gauge',
    help: "State set of the node's consensus client; only where it has one in a container.",
    labels: ['state'],
    read: ({ status: { consensus } }) => (consensus === null ? [] : stateSet(CONSENSUS_STATES, (word) => word === consensus.state.state)),
  },
  {
    name: 'nodectl_node_warning',
    type: 'gauge',
    help: 'Whether the early warning of this kind is raised; it is cleared at another value than it was raised at.',
    labels: ['kind'],
    read: ({ warnings }) => stateSet(WARNING_KINDS, (word) => warnings.some(({ kind }) => kind === word)),
  },
  {
    name: 'nodectl_node_warning_remaining_seconds',
    type: 'gauge',
    help: 'Until what the raised warning tells of happens at the present slope; only where there is one.',
    labels: ['kind'],
    read: ({ warnings }) => warnings.map(({ kind, inMs }) => ({ labels: [kind], value: inMs === null ? null : inMs / 1000 })),
  },
  {
    name: 'nodectl_node_sample_timestamp_seconds',
    type: 'gauge',
    help: 'When the node was looked at last: what all its other values tell.',
    labels: [],
    read: ({ time }) => only(time / 1000),
  },
];
