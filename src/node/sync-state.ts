import type { ObservedContainer } from '../ports/containers.ts';
import type { Company } from './company.ts';
import type { RpcFacts } from './rpc-facts.ts';

/** Where a node stands, in the words of `status`. */
export type SyncState =
  | { readonly state: 'not-started' | 'stopped' | 'dead' | 'paused' | 'restarting' }
  | { readonly state: 'starting' }
  | { readonly state: 'not-answering'; readonly reason: string }
  | { readonly state: 'wrong-chain'; readonly chainId: number }
  | { readonly state: 'looking-for-peers' }
  /** Nobody tells geth its head; `reason` says why where that is known. */
  | { readonly state: 'waiting-for-consensus'; readonly reason: string | null }
  /** It was told of the block `told`, lacks those before it, and has no peer to fetch them from. */
  | { readonly state: 'cut-off'; readonly told: number }
  /** Within its first blocks, and every further one that it is given counts as invalid. */
  | { readonly state: 'refuses-blocks' }
  | { readonly state: 'syncing'; readonly current: number; readonly highest: number }
  /** Of a light client: no header is verified, and its trusted root is the likely cause. */
  | { readonly state: 'root-not-served' }
  /** Of a light client: an answer does not bear its proof. */
  | { readonly state: 'upstream-lies'; readonly reason: string }
  /** Of a light client: nobody proves anything to it. */
  | { readonly state: 'upstream-silent'; readonly reason: string }
  | { readonly state: 'at-head'; readonly indexing: number }
  | { readonly state: 'stale'; readonly ageMs: number };

export interface SyncEvidence {
  readonly container: Pick<ObservedContainer, 'state' | 'exitCode' | 'oomKilled' | 'restartCount'>;
  /** Time since the container's start. */
  readonly uptimeMs: number;
  readonly now: number;
  readonly company: Company;
  /** The chain the node was made for; undefined when its spec cannot be read. */
  readonly chainId: number | undefined;
  /** Milliseconds of a slot of its beacon chain; left out, 12 s. */
  readonly slotMs?: number | undefined;
  readonly rpc: RpcFacts | { readonly failure: string; readonly message: string };
}

/** geth opens its RPC within seconds; on a small machine with a large database it takes longer. */
export const START_GRACE = 60_000;
/** Slots are 12 s; a few missed ones are ordinary, five minutes are not. */
export const STALE_AFTER = 5 * 60_000;
/** The same number of shorter slots, but never less than a busy machine may take. */
const STALE_SLOTS = 25;
const STALE_LEAST = 60_000;
const PEERS_GRACE = 10 * 60_000;

/** Judges what the container and one RPC batch say. `eth_syncing` = false alone is never taken for synced. */
export function judgeSync(evidence: SyncEvidence): SyncState {
  const { container, rpc } = evidence;
  if (container.state !== 'running') return atRest(container);
  if ('failure' in rpc) {
    const opening = rpc.failure === 'connect' && evidence.uptimeMs < START_GRACE && container.restartCount === 0;
    return opening ? { state: 'starting' } : { state: 'not-answering', reason: rpc.message };
  }
  if (evidence.chainId !== undefined && rpc.chainId !== undefined && rpc.chainId !== evidence.chainId) {
    return { state: 'wrong-chain', chainId: rpc.chainId };
  }
  return following(rpc, evidence);
}

/** Healthy = at the head, or on the way there; `looking-for-peers` for ten minutes after the start. */
export function isHealthy(sync: SyncState, uptimeMs: number): boolean {
  switch (sync.state) {
    case 'at-head':
    case 'syncing':
    case 'starting':
      return true;
    case 'looking-for-peers':
      return uptimeMs < PEERS_GRACE;
    case 'not-started':
    case 'stopped':
    case 'dead':
    case 'paused':
    case 'restarting':
    case 'not-answering':
    case 'wrong-chain':
    case 'waiting-for-consensus':
    case 'cut-off':
    case 'refuses-blocks':
    case 'root-not-served':
    case 'upstream-lies':
    case 'upstream-silent':
    case 'stale':
      return false;
  }
}

/** Where a container that does not run stands, whatever it holds. */
export function atRest({ state, exitCode, oomKilled }: SyncEvidence['container']): SyncState {
  if (state === 'created') return { state: 'not-started' };
  if (state === 'paused' || state === 'restarting') return { state };
  return { state: exitCode === 0 && !oomKilled && state !== 'dead' ? 'stopped' : 'dead' };
}

function following(rpc: RpcFacts, { company, now, slotMs }: SyncEvidence): SyncState {
  const { head, syncing, peers } = rpc;
  if (head === undefined) return { state: 'not-answering', reason: rpc.unanswered[0] ?? 'the node did not tell its head' };
  const indexing = syncing === false || syncing === undefined ? 0 : syncing.indexing;
  if (company === 'alone') return { state: 'at-head', indexing };

  if (syncing && syncing.current < syncing.highest) {
    return peers === 0 ? { state: 'looking-for-peers' } : { state: 'syncing', current: syncing.current, highest: syncing.highest };
  }
  if (company === 'sealing') return { state: 'at-head', indexing };
  // geth begins to follow with its fifth peer, or ten seconds after its first.
  if (company === 'sealed') return peers === 0 || head.number === 0 ? { state: 'looking-for-peers' } : { state: 'at-head', indexing };
  const ageMs = Math.max(0, now - head.time);
  const old = slotMs === undefined ? STALE_AFTER : Math.min(STALE_AFTER, Math.max(STALE_LEAST, STALE_SLOTS * slotMs));
  if (head.number > 0 && ageMs <= old) return { state: 'at-head', indexing };
  if (head.number === 0) return peers === 0 ? { state: 'looking-for-peers' } : { state: 'waiting-for-consensus', reason: null };
  return { state: 'stale', ageMs };
}
