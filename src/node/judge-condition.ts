import type { ObservedContainer } from '../ports/containers.ts';
import type { ConsensusState } from './consensus/consensus-state.ts';
import { formatDuration } from './duration.ts';
import type { SyncState } from './sync-state.ts';
import type { WaitCondition } from './wait-condition.ts';

/** What one look showed to who waits. */
export interface WaitSight {
  /** The node's containers that exist: geth or the light client, then the consensus client. */
  readonly parts: readonly Pick<ObservedContainer, 'name' | 'state'>[];
  /** Undefined where the node's own container does not exist, or nobody asked it. */
  readonly judged: Standing | undefined;
}

/** What a condition needs to know of where a node stands. */
export interface Standing {
  readonly sync: SyncState;
  readonly healthy: boolean;
  readonly consensus: { readonly state: ConsensusState } | undefined;
  /** What the node said of itself; undefined when it did not answer. */
  readonly said:
    | {
        readonly chainId?: number | undefined;
        readonly peers?: number | undefined;
        readonly head?: { readonly number: number } | undefined;
      }
    | undefined;
}

/** Whether a condition holds, or what was seen instead. */
export type Verdict = { readonly met: true } | { readonly met: false; readonly seen: string };

/** States in which nothing answers that could be relied on; a light client's too. */
const UNANSWERED: readonly SyncState['state'][] = [
  'starting',
  'not-answering',
  'wrong-chain',
  'root-not-served',
  'upstream-lies',
  'upstream-silent',
];

/** Judges one condition. `healthy` is what `status` says, except that a part that is still starting is not there yet. */
export function judgeCondition(condition: WaitCondition, { parts, judged }: WaitSight): Verdict {
  if (condition.kind === 'stopped') {
    const up = parts.filter(({ state }) => !isAtRest(state));
    return verdict(up.length === 0, up.map(({ name, state }) => `${name} is ${state}`).join(', '));
  }
  if (judged === undefined) return { met: false, seen: 'there is no container' };
  const { sync, consensus, healthy, said } = judged;
  const beside = consensus?.state;
  switch (condition.kind) {
    case 'rpc':
      return verdict(said?.chainId !== undefined && !UNANSWERED.includes(sync.state), stateText(sync));
    case 'peers':
      return verdict((said?.peers ?? -1) >= condition.least, `${said?.peers ?? 'unknown'} peers`);
    case 'block':
      return verdict((said?.head?.number ?? -1) >= condition.least, `head ${said?.head?.number ?? 'unknown'}`);
    case 'synced':
      return verdict(sync.state === 'at-head' && (beside === undefined || beside.state === 'following'), both(sync, beside));
    case 'healthy':
      return verdict(healthy && sync.state !== 'starting' && beside?.state !== 'starting', both(sync, beside));
  }
}

/** Whether a container does nothing and will not by itself. */
export function isAtRest(state: ObservedContainer['state']): boolean {
  return state === 'created' || state === 'exited' || state === 'dead';
}

function verdict(met: boolean, seen: string): Verdict {
  return met ? { met } : { met, seen };
}

function both(sync: SyncState, beside: ConsensusState | undefined): string {
  return beside === undefined ? stateText(sync) : `${stateText(sync)}; consensus client ${stateText(beside)}`;
}

function stateText(state: SyncState | ConsensusState): string {
  if ('current' in state) return `${state.state} ${state.phase}, block ${state.current} of ${state.highest}`;
  if ('distance' in state) return `${state.state}, ${state.distance} slots behind`;
  if ('ageMs' in state) return `${state.state}, its head is ${formatDuration(state.ageMs)} old`;
  return 'reason' in state && state.reason != null ? `${state.state}: ${state.reason}` : state.state;
}
