import type { RpcAnswer } from '../ports/rpc.ts';

/** What a poll asks, one batch; `readRpcFacts` takes the answers in this order. */
export const POLL_CALLS = [
  { method: 'eth_syncing', params: [] },
  { method: 'eth_getBlockByNumber', params: ['latest', false] },
  { method: 'net_peerCount', params: [] },
  { method: 'web3_clientVersion', params: [] },
  { method: 'eth_chainId', params: [] },
  { method: 'txpool_status', params: [] },
] as const;

/** The calls of `status`: geth logs a warning for a finalized block that it does not know yet, four of which in a second would hide all else. */
export const STATUS_CALLS = [...POLL_CALLS, { method: 'eth_getBlockByNumber', params: ['finalized', false] }] as const;

/**
 * Further numbers of `eth_syncing`, by geth's own names (internal/ethapi/api.go of each version). 1.8 to 1.10.13 tell
 * pulledStates and knownStates, 1.10.14 and later the snap sync's; 1.13.11 adds txIndex…, 1.16.0 stateIndexRemaining, 1.17.3
 * trienodeIndexRemaining, 1.17.4 the access lists and trieGenProgress (a percentage).
 */
export const SYNC_COUNTERS = [
  ...(['startingBlock', 'pulledStates', 'knownStates'] as const),
  ...(['syncedAccounts', 'syncedAccountBytes', 'syncedBytecodes', 'syncedBytecodeBytes', 'syncedStorage', 'syncedStorageBytes'] as const),
  ...(['healedTrienodes', 'healedTrienodeBytes', 'healedBytecodes', 'healedBytecodeBytes', 'healingTrienodes', 'healingBytecode'] as const),
  ...(['syncedAccessLists', 'totalAccessLists', 'trieGenProgress'] as const),
  ...(['txIndexFinishedBlocks', 'txIndexRemainingBlocks', 'stateIndexRemaining', 'trienodeIndexRemaining'] as const),
] as const;
export type SyncCounters = { readonly [Name in (typeof SYNC_COUNTERS)[number]]?: number };

/** A node's own account of a running sync, whatever the version or client: they differ in all but the first two fields. */
export interface SyncProgress {
  readonly current: number;
  readonly highest: number;
  /** Blocks that are there but not indexed yet (transactions, state, trie nodes). */
  readonly indexing: number;
  /** What else it said; what it left out, or what is no number, is left out. */
  readonly counters: SyncCounters;
}

export interface Head {
  readonly number: number;
  readonly hash: string;
  /** The block's own time, ms since the epoch. */
  readonly time: number;
}

/** What a node said in one batch; undefined = it did not say. */
export interface RpcFacts {
  /** False is geth's word for "not syncing", which a node that never heard of its chain says too. */
  readonly syncing: SyncProgress | false | undefined;
  readonly head: Head | undefined;
  readonly finalized: number | undefined;
  readonly peers: number | undefined;
  readonly clientVersion: string | undefined;
  readonly chainId: number | undefined;
  readonly txpool: { readonly pending: number; readonly queued: number } | undefined;
  /** A sentence for each call that every geth should answer and this one did not. */
  readonly unanswered: readonly string[];
}

/** Reads the answers to STATUS_CALLS or POLL_CALLS; unknown, missing and malformed fields are tolerated, never guessed. */
export function readRpcFacts(answers: readonly RpcAnswer[]): RpcFacts {
  const unanswered: string[] = [];
  const result = (at: number, needed: boolean): unknown => {
    const answer = answers[at] ?? { error: 'no answer' };
    if ('result' in answer) return answer.result;
    if (needed) unanswered.push(`${STATUS_CALLS[at]?.method} did not answer: ${answer.error}`);
    return undefined;
  };
  // Before the first finality, and where txpool is not exposed, an error is the ordinary answer.
  return {
    syncing: readSyncing(result(0, true)),
    head: readHead(result(1, true)),
    finalized: readHead(result(6, false))?.number,
    peers: quantity(result(2, true)),
    clientVersion: text(result(3, true)),
    chainId: quantity(result(4, true)),
    txpool: readTxpool(result(5, false)),
    unanswered,
  };
}

function readSyncing(value: unknown): SyncProgress | false | undefined {
  if (value === false) return false;
  const current = quantity(field(value, 'currentBlock'));
  const highest = quantity(field(value, 'highestBlock'));
  if (current === undefined || highest === undefined) return undefined;
  const said = SYNC_COUNTERS.map((name) => [name, quantity(field(value, name))] as const);
  const counters: SyncCounters = Object.fromEntries(said.filter(([, count]) => count !== undefined));
  const { txIndexRemainingBlocks = 0, stateIndexRemaining = 0, trienodeIndexRemaining = 0 } = counters;
  return { current, highest, indexing: Math.max(txIndexRemainingBlocks, stateIndexRemaining, trienodeIndexRemaining), counters };
}

/** A block as JSON-RPC tells it; undefined where it lacks number, hash or time. */
export function readHead(value: unknown): Head | undefined {
  const number = quantity(field(value, 'number'));
  const seconds = quantity(field(value, 'timestamp'));
  const hash = text(field(value, 'hash'));
  return number === undefined || seconds === undefined || hash === undefined ? undefined : { number, hash, time: seconds * 1000 };
}

function readTxpool(value: unknown): RpcFacts['txpool'] {
  const pending = quantity(field(value, 'pending'));
  const queued = quantity(field(value, 'queued'));
  return pending === undefined || queued === undefined ? undefined : { pending, queued };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A hex quantity, or a plain number as some proxies write it; never a wrong number. */
export function quantity(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
