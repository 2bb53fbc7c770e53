import { instantSeconds, type NodeMetric, only } from './metric.ts';

/** Where a node is on its chain, and who it talks with. */
export const CHAIN_METRICS: readonly NodeMetric[] = [
  {
    name: 'nodectl_node_head_block',
    type: 'gauge',
    help: 'Number of the latest block.',
    labels: [],
    read: ({ status }) => only(status.head?.number ?? null),
  },
  {
    name: 'nodectl_node_head_timestamp_seconds',
    type: 'gauge',
    help: "The latest block's own time; a genesis block without a time has none.",
    labels: [],
    read: ({ status: { head } }) => only(head === null || head.ageMs === null ? null : instantSeconds(head.time)),
  },
  {
    name: 'nodectl_node_finalized_block',
    type: 'gauge',
    help: 'Number of the latest finalized block.',
    labels: [],
    read: ({ status }) => only(status.finalized),
  },
  {
    name: 'nodectl_node_peers',
    type: 'gauge',
    help: 'Peers of the execution client.',
    labels: [],
    read: ({ status }) => only(status.peers),
  },
  {
    name: 'nodectl_node_txpool_transactions',
    type: 'gauge',
    help: 'Transactions in the pool: pending ones can be executed, queued ones wait for another.',
    labels: ['status'],
    read: ({ status: { txpool } }) => (['pending', 'queued'] as const).map((word) => ({ labels: [word], value: txpool?.[word] ?? null })),
  },
  {
    name: 'nodectl_node_consensus_peers',
    type: 'gauge',
    help: 'Peers of the consensus client.',
    labels: [],
    read: ({ status }) => only(status.consensus?.peers ?? null),
  },
  {
    name: 'nodectl_node_consensus_head_slot',
    type: 'gauge',
    help: "Slot of the consensus client's head.",
    labels: [],
    read: ({ status }) => only(status.consensus?.headSlot ?? null),
  },
  {
    name: 'nodectl_node_consensus_behind_slots',
    type: 'gauge',
    help: 'Slots by which the consensus client is behind the present one.',
    labels: [],
    read: ({ status }) => only(status.consensus?.syncDistance ?? null),
  },
  {
    name: 'nodectl_node_consensus_finalized_epoch',
    type: 'gauge',
    help: 'Latest finalized epoch of the consensus client.',
    labels: [],
    read: ({ status }) => only(status.consensus?.finalizedEpoch ?? null),
  },
  {
    name: 'nodectl_node_light_refused_answers_total',
    type: 'counter',
    help: 'Answers that the light client refused since its start, since they bore no proof; only where it counts them.',
    labels: [],
    read: ({ status }) => only(status.light?.refused ?? null),
  },
];
