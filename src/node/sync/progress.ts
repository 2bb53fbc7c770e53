import type { SyncProgress } from '../rpc-facts.ts';

/** The parts of a sync, in the order in which geth ends them. */
export const SYNC_PHASES = ['headers', 'chain', 'state', 'healing', 'indexing'] as const;
export type SyncPhase = (typeof SYNC_PHASES)[number];

export type SyncUnit = 'headers' | 'blocks' | 'accounts' | 'state entries' | 'access lists' | 'percent' | 'trie nodes';

/** How far one phase is. */
export interface Progress {
  readonly phase: SyncPhase;
  readonly unit: SyncUnit;
  /** What is done, in the unit; it grows while the phase goes on. */
  readonly done: number;
  /** Null where nobody knows the whole. */
  readonly total: number | null;
  /** 0 to 1; null where nobody knows the whole. */
  readonly fraction: number | null;
  /** What is known to be left where that is not `total - done`: more may be found on the way. */
  readonly pending: number | null;
}

/**
 * So near to the head the chain of a snap sync waits for the state: geth fetches blocks up to its pivot block, 64 behind the
 * head, and moves that when it is about twice as far (fsMinFullBlocks, eth/downloader). Twice that is no matter of chance.
 */
const PIVOT_DISTANCE = 256;

/**
 * Every phase that is under way by one `eth_syncing` object, in the order of SYNC_PHASES; none where it is done. `head` is
 * the latest block's number: in a snap sync it stays behind `current`, and outside one the counters of the last one remain.
 */
export function phasesOf(syncing: SyncProgress, head: number | undefined): readonly Progress[] {
  const { current, highest, indexing, counters } = syncing;
  const found: Progress[] = [];
  if (current < highest) found.push(progress('chain', 'blocks', current, highest));
  const healing = (counters.healingTrienodes ?? 0) + (counters.healingBytecode ?? 0);
  if (healing > 0) found.push({ ...progress('healing', 'trie nodes', counters.healedTrienodes ?? 0, null), pending: healing });
  else if (current < highest && (head === undefined || head < current)) found.push(...stateOf(syncing));
  if (indexing > 0) {
    const finished = counters.txIndexFinishedBlocks;
    const total = finished === undefined || counters.txIndexRemainingBlocks !== indexing ? null : finished + indexing;
    found.push({ ...progress('indexing', 'blocks', finished ?? 0, total), pending: indexing });
  }
  return found;
}

/**
 * The phase that a sync is in: the first that is not done. Near the head the chain only waits for the state, and indexing goes
 * on beside everything. Undefined where nothing is under way.
 */
export function leadingPhase(phases: readonly Progress[]): Progress | undefined {
  const [first, ...later] = phases;
  const chainWaits = first?.phase === 'chain' && (first.total ?? 0) - first.done <= PIVOT_DISTANCE;
  return chainWaits ? (later.find(({ phase }) => phase !== 'indexing') ?? first) : first;
}

/** The same with what only geth's log tells: how much of the state there is. */
export function withLogged(phase: Progress, logged: Pick<Progress, 'phase' | 'fraction'> | undefined): Progress {
  return logged?.phase === phase.phase && phase.fraction === null ? { ...phase, fraction: logged.fraction } : phase;
}

/** A phase with `done` of `total`; its fraction is kept within 0 and 1 whatever the numbers are. */
export function progress(phase: SyncPhase, unit: SyncUnit, done: number, total: number | null): Progress {
  const fraction = total === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total));
  return { phase, unit, done, total, fraction, pending: null };
}

function stateOf({ counters }: SyncProgress): readonly Progress[] {
  const { pulledStates = 0, knownStates = 0, syncedAccounts = 0, trieGenProgress = 0 } = counters;
  const { syncedAccessLists = 0, totalAccessLists = 0 } = counters;
  // snap/2 (1.17.4 and later) ends with these two instead of healing.
  if (trieGenProgress > 0) return [progress('state', 'percent', trieGenProgress, 100)];
  if (totalAccessLists > 0) return [progress('state', 'access lists', syncedAccessLists, totalAccessLists)];
  if (syncedAccounts > 0) return [progress('state', 'accounts', syncedAccounts, null)];
  // The fast sync up to 1.10.13 knows only the entries that it has met so far.
  if (knownStates === 0 && pulledStates === 0) return [];
  return [{ ...progress('state', 'state entries', pulledStates, null), pending: Math.max(0, knownStates - pulledStates) }];
}
