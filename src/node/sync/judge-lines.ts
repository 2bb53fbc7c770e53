import type { SyncEvidence, SyncState } from '../sync-state.ts';
import { type GethWord, loggedFraction, loggedNumber, wordOf } from './geth-lines.ts';
import { judgeHeldUp } from './held-up.ts';
import { type Progress, progress } from './progress.ts';

/** One line of geth's log and when the engine got it (ms since the epoch). */
export interface LoggedLine {
  readonly time: number;
  readonly text: string;
}

/** geth tells its progress every 8 seconds; on a busy machine it may miss some. */
const PROGRESS_FRESH = 60_000;
/** It warns every 5 minutes that its consensus client says nothing. */
const WARNING_FRESH = 5 * 60_000 + 30_000;
/** What a reader of the log has to look back for. */
export const LINES_FRESH = WARNING_FRESH;

/** geth warns after 2 minutes; before that its log has nothing to say of a head. */
export const ASKS_AFTER = 150_000;

/** The words that decide between the states of a node which has no sync under way by its own `eth_syncing`. */
const DECIDING: readonly GethWord[] = ['headers', 'no-client', 'client-never-spoke', 'client-silent', 'imported'];

/**
 * The state with what only geth's own lines tell (oldest first, of this run): that it stops; what holds it up; that it
 * fetches headers, of which `eth_syncing` says nothing; and that its consensus client has gone silent. What is old is not
 * taken for now.
 */
export function judgeLines(sync: SyncState, evidence: SyncEvidence, lines: readonly LoggedLine[]): SyncState {
  const { now, rpc } = evidence;
  if (lines.some(({ text }) => wordOf(text) === 'stopping')) return { state: 'stopping' };
  // An instant that cannot be read compares as false: such a line is as good as old.
  const recent = lines.filter(({ time }) => now - time <= WARNING_FRESH);
  const heldUp = judgeHeldUp(sync, evidence, recent);
  if (heldUp !== undefined) return heldUp;
  if (sync.state !== 'waiting-for-consensus' && sync.state !== 'stale' && sync.state !== 'at-head') return sync;
  const said = recent.map(({ time, text }) => ({ word: wordOf(text), age: now - time, text }));
  const last = said.findLast(({ word }) => word !== undefined && DECIDING.includes(word));
  if (last === undefined) return sync;
  const { word, age, text } = last;
  if (word === 'headers') {
    // Headers come from peers.
    const fetches = age <= PROGRESS_FRESH && sync.state !== 'at-head' && ('failure' in rpc || rpc.peers !== 0);
    return fetches ? (fetchingHeaders(text) ?? sync) : sync;
  }
  if (word === 'client-silent') return { state: 'waiting-for-consensus', reason: 'its consensus client has told it nothing for a while' };
  if (word === 'client-never-spoke')
    return { state: 'waiting-for-consensus', reason: 'its consensus client is there, and tells it nothing' };
  return word === 'no-client' ? { state: 'waiting-for-consensus', reason: null } : sync;
}

/** What a line tells of the progress of a phase that `eth_syncing` does not, or not wholly; undefined for any other line. */
export function loggedProgress(line: string): Progress | undefined {
  const word = wordOf(line);
  if (word === 'headers') {
    const left = loggedNumber(line, 'left');
    const done = loggedNumber(line, 'downloaded') ?? 0;
    return left === undefined ? undefined : progress('headers', 'headers', done, done + left);
  }
  const fraction = word === 'state' ? loggedFraction(line, 'synced') : undefined;
  const accounts = loggedNumber(line, 'accounts') ?? 0;
  return fraction === undefined ? undefined : { ...progress('state', 'accounts', accounts, null), fraction };
}

function fetchingHeaders(line: string): SyncState | undefined {
  const headers = loggedProgress(line);
  const { done, total } = headers ?? { done: 0, total: null };
  return total === null ? undefined : { state: 'syncing', phase: 'headers', current: done, highest: total, pending: null };
}
