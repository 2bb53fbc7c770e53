import type { ObservedContainer } from '../ports/containers.ts';
import type { Company } from './company.ts';
import type { RpcFacts, SyncProgress } from './rpc-facts.ts';
import type { StopReason } from './stop-reason.ts';
import { wordOf } from './sync/geth-lines.ts';
import { isHeldUp } from './sync/held-up.ts';
import { ASKS_AFTER, judgeLines, type LoggedLine } from './sync/judge-lines.ts';
import { leadingPhase, phasesOf, type SyncPhase } from './sync/progress.ts';

/** Where a node stands, in the words of `status`. */
export type SyncState =
  | { readonly state: 'not-started' | 'dead' | 'paused' | 'restarting' }
  /** It ended in good order; for want of room, where a `reason` is there. */
  | { readonly state: 'stopped'; readonly reason?: StopReason | undefined }
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
  /**
   * `current` of `highest` blocks, of headers in that phase. `pending`: trie nodes that healing has still found to do, state
   * entries of a fast sync; null in the other phases. A node at its head that only indexes is `at-head`.
   */
  | {
      readonly state: 'syncing';
      readonly phase: SyncPhase;
      readonly current: number;
      readonly highest: number;
      readonly pending: number | null;
    }
  /** A sync that does not get on; only who watches for a while can tell. */
  | { readonly state: 'stalled'; readonly phase: SyncPhase; readonly forMs: number; readonly reason: string }
  /** geth was told to end, and writes its state to the disk. */
  | { readonly state: 'stopping' }
  /** Of a light client: no header is verified, and its trusted root is the likely cause. */
  | { readonly state: 'root-not-served' }
  /** Of a light client: an answer does not bear its proof. */
  | { readonly state: 'upstream-lies'; readonly reason: string }
  /** Of a light client: nobody proves anything to it. */
  | { readonly state: 'upstream-silent'; readonly reason: string }
  | { readonly state: 'at-head'; readonly indexing: number }
  | { readonly state: 'stale'; readonly ageMs: number };

export interface SyncEvidence {
  readonly container: Pick<ObservedContainer, 'state' | 'exitCode' | 'restartCount'>;
  /** Time since the container's start. */
  readonly uptimeMs: number;
  readonly now: number;
  readonly company: Company;
  /** The chain the node was made for; undefined when its spec cannot be read. */
  readonly chainId: number | undefined;
  /** Milliseconds of a slot of its beacon chain; left out, 12 s. */
  readonly slotMs?: number | undefined;
  /** Whether a consensus client in a container of its own is judged too; left out, it is not. */
  readonly beside?: boolean;
  readonly rpc: RpcFacts | { readonly failure: string; readonly message: string };
  /** geth's lines of this run, oldest first; left out where nobody looked. */
  readonly lines?: readonly LoggedLine[] | undefined;
  /** Why nodectl stopped it, where the journal has that of its last run. */
  readonly stoppedFor?: StopReason | undefined;
}

/** geth opens its RPC within seconds; on a small machine with a large database it takes longer. */
export const START_GRACE = 60_000;
/** Slots are 12 s; a few missed ones are ordinary, five minutes are not. */
export const STALE_AFTER = 5 * 60_000;
/** The same number of shorter slots, but never less than a busy machine may take. */
const STALE_SLOTS = 25;
const STALE_LEAST = 60_000;
const PEERS_GRACE = 10 * 60_000;

/**
 * Judges what the container, one RPC batch and geth's log say. `eth_syncing` = false alone is never taken for synced. What
 * shows only with time (`stalled`) is added by judgeTrend.
 */
export function judgeSync(evidence: SyncEvidence): SyncState {
  const { container, lines = [] } = evidence;
  if (container.state !== 'running') return withReason(atRest(container), evidence);
  return judgeLines(answering(evidence), evidence, lines);
}

/** Whether geth's log is worth a look, because a state rests on what JSON-RPC cannot tell. */
export function asksGethLog(sync: SyncState, evidence: SyncEvidence): boolean {
  const { company, rpc, now } = evidence;
  if (isHeldUp(sync, evidence)) return true;
  switch (sync.state) {
    case 'stopped':
      return true;
    case 'starting':
    case 'not-answering':
      return 'failure' in rpc && rpc.failure === 'connect';
    case 'waiting-for-consensus':
    case 'stale':
      return company === 'consensus';
    case 'at-head':
      return company === 'consensus' && !('failure' in rpc) && rpc.head !== undefined && now - rpc.head.time > ASKS_AFTER;
    default:
      return false;
  }
}

function answering(evidence: SyncEvidence): SyncState {
  const { container, rpc } = evidence;
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
    case 'stalled':
    case 'stopping':
      return false;
  }
}

/**
 * Where a container that does not run stands, whatever it holds. The engine's word of a kill for want of memory is of any process
 * in it: of a console, for instance, while geth closed in good order.
 */
export function atRest({ state, exitCode }: SyncEvidence['container']): SyncState {
  if (state === 'created') return { state: 'not-started' };
  if (state === 'paused' || state === 'restarting') return { state };
  return { state: exitCode === 0 && state !== 'dead' ? 'stopped' : 'dead' };
}

function withReason(sync: SyncState, { lines = [], stoppedFor }: SyncEvidence): SyncState {
  const reason = sync.state === 'stopped' ? endedFor(lines, stoppedFor) : undefined;
  return reason === undefined ? sync : { state: 'stopped', reason };
}

/** Why a run of geth that ended in good order did: its own words come before those of who stopped it. */
export function endedFor(lines: readonly LoggedLine[], stoppedFor: StopReason | undefined): StopReason | undefined {
  return lines.some(({ text }) => wordOf(text) === 'disk-low') ? 'disk-low' : stoppedFor;
}

function following(rpc: RpcFacts, { company, now, slotMs }: SyncEvidence): SyncState {
  const { head, syncing, peers } = rpc;
  if (head === undefined) return { state: 'not-answering', reason: rpc.unanswered[0] ?? 'the node did not tell its head' };
  const indexing = syncing === false || syncing === undefined ? 0 : syncing.indexing;
  if (company === 'alone') return { state: 'at-head', indexing };

  if (syncing && syncing.current < syncing.highest) {
    return peers === 0 ? { state: 'looking-for-peers' } : fetching(syncing, head.number);
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

function fetching(syncing: SyncProgress, head: number): SyncState {
  const { current, highest } = syncing;
  const { phase, pending } = leadingPhase(phasesOf(syncing, head)) ?? { phase: 'chain' as const, pending: null };
  return { state: 'syncing', phase, current, highest, pending };
}
