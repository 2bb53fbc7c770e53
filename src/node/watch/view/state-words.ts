import type { NodeStatus } from '../../node-status.ts';
import { stopReasonText } from '../../stop-reason.ts';
import type { SyncState } from '../../sync-state.ts';
import type { Tone } from './line.ts';

const SHORT = {
  'not-started': 'not started',
  stopped: 'stopped',
  dead: 'dead',
  paused: 'paused',
  restarting: 'restarting',
  starting: 'starting',
  'not-answering': 'not answering',
  'wrong-chain': 'another chain',
  'cut-off': 'cut off',
  'refuses-blocks': 'takes no block',
  'looking-for-peers': 'looking for peers',
  'waiting-for-consensus': 'waiting for consensus',
  syncing: 'syncing',
  stalled: 'stalled',
  stopping: 'stopping',
  'root-not-served': 'root not served',
  'upstream-lies': 'upstream lies',
  'upstream-silent': 'upstream silent',
  'at-head': 'at the head',
  stale: 'stale',
} as const satisfies Record<SyncState['state'], string>;

/** A state in a few words, and in fewer. */
export function stateWords(sync: SyncState): readonly string[] {
  const words = SHORT[sync.state];
  return sync.state === 'syncing' || sync.state === 'stalled' ? [`${words} (${sync.phase})`, words] : [words];
}

/** Why it is so, where somebody said why; undefined where the words say all. */
export function stateReason(sync: SyncState): string | undefined {
  switch (sync.state) {
    case 'stopped':
      return sync.reason && stopReasonText(sync.reason);
    case 'stalled':
    case 'not-answering':
    case 'upstream-lies':
    case 'upstream-silent':
      return sync.reason;
    case 'waiting-for-consensus':
      return sync.reason ?? undefined;
    case 'wrong-chain':
      return `chain ${sync.chainId} answers`;
    case 'cut-off':
      return `lacks blocks up to ${sync.told}, and has no peer to fetch them from`;
    case 'refuses-blocks':
      return 'holds those of its chain for invalid';
    default:
      return undefined;
  }
}

/** Green is at the head and well, red wants somebody to look. */
export function stateTone({ healthy, sync }: Pick<NodeStatus, 'healthy' | 'sync'>): Tone {
  if (!healthy) return ['stopped', 'not-started', 'paused', 'stopping'].includes(sync.state) ? 'yellow' : 'red';
  return sync.state === 'at-head' ? 'green' : 'cyan';
}
