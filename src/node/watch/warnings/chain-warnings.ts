import { formatDuration } from '../../duration.ts';
import type { SyncState } from '../../sync-state.ts';
import { GOOD, UNKNOWN, type Verdict, type WarningRow } from './warning-row.ts';

const AT_REST: readonly SyncState['state'][] = ['not-started', 'stopped', 'dead', 'paused', 'restarting', 'stopping', 'starting'];

/** Nobody tells geth what its head is. */
export const noConsensus: WarningRow = {
  kind: 'no-consensus',
  raiseAfterMs: 60_000,
  clearAfterMs: 30_000,
  judge({ status: { sync } }) {
    if (sync.state === 'not-answering') return UNKNOWN;
    return sync.state === 'waiting-for-consensus'
      ? bad(`No consensus client tells geth its head${sync.reason === null ? '' : `: ${sync.reason}`}.`)
      : GOOD;
  },
};

/** The head does not move, for so many slots that it is no chance; how many is the state machine's to say. */
export const headStale: WarningRow = {
  kind: 'head-stale',
  raiseAfterMs: 0,
  clearAfterMs: 30_000,
  judge({ status: { sync } }) {
    if (sync.state === 'stale') return bad(`The head is ${formatDuration(sync.ageMs)} old.`);
    if (sync.state === 'cut-off')
      return bad(`The head stands: blocks up to ${sync.told} are missing, and there is no peer to fetch them from.`);
    if (sync.state === 'refuses-blocks') return bad('The head stands: geth holds each block it is given for invalid.');
    // Without a consensus client the head stays what it was.
    return sync.state === 'not-answering' || sync.state === 'waiting-for-consensus' ? UNKNOWN : GOOD;
  },
};

/** A node without a peer; after a start it looks for some for a while. */
export const noPeers: WarningRow = {
  kind: 'no-peers',
  raiseAfterMs: 3 * 60_000,
  clearAfterMs: 30_000,
  judge({ status: { peers, sync }, company, privateChain }) {
    if (company === 'alone' || company === 'sealing' || AT_REST.includes(sync.state)) return GOOD;
    if (privateChain && sync.state === 'at-head') return GOOD;
    if (peers === null) return UNKNOWN;
    return peers === 0 ? bad('It has no peers.') : GOOD;
  },
};

function bad(text: string): Verdict {
  return { is: 'bad', text, inMs: null };
}
