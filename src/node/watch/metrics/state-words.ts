import type { ConsensusState } from '../../consensus/consensus-state.ts';
import type { SyncState } from '../../sync-state.ts';

/** Every state a node can be in, as `status` words it. */
export const NODE_STATES = Object.keys({
  'not-started': 0,
  starting: 0,
  'looking-for-peers': 0,
  'waiting-for-consensus': 0,
  syncing: 0,
  stalled: 0,
  'at-head': 0,
  stale: 0,
  stopping: 0,
  stopped: 0,
  dead: 0,
  paused: 0,
  restarting: 0,
  'not-answering': 0,
  'wrong-chain': 0,
  'cut-off': 0,
  'refuses-blocks': 0,
  'root-not-served': 0,
  'upstream-lies': 0,
  'upstream-silent': 0,
} satisfies Readonly<Record<SyncState['state'], 0>>);

/** Every state a consensus client can be in. */
export const CONSENSUS_STATES = Object.keys({
  missing: 0,
  'not-started': 0,
  starting: 0,
  syncing: 0,
  optimistic: 0,
  following: 0,
  'no-peers': 0,
  frozen: 0,
  'execution-offline': 0,
  'execution-alone': 0,
  'not-authenticated': 0,
  'not-answering': 0,
  stopped: 0,
  dead: 0,
  paused: 0,
  restarting: 0,
} satisfies Readonly<Record<ConsensusState['state'], 0>>);
