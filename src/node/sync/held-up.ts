import { ALONE_GRACE } from '../consensus/execution-alone.ts';
import { SNAP_LEAST } from '../execution-notes.ts';
import type { SyncEvidence, SyncState } from '../sync-state.ts';
import { loggedNumber, wordOf } from './geth-lines.ts';
import type { LoggedLine } from './judge-lines.ts';

/** Once may be chance; geth says it for each block, and is given several in five minutes. */
const REPEATED = 2;
/** Who leads geth tells it of a head in every slot. */
const TOLD_FRESH = 60_000;

/** Whether geth follows a consensus client and does not get on, of which nothing that it answers tells why. */
export function isHeldUp(sync: SyncState, evidence: SyncEvidence): boolean {
  return isAtBeginning(sync, evidence) || isAlone(sync, evidence);
}

/** What geth's latest lines prove of one that is held up; undefined where they prove nothing. */
export function judgeHeldUp(sync: SyncState, evidence: SyncEvidence, lines: readonly LoggedLine[]): SyncState | undefined {
  const { now, rpc } = evidence;
  const refused = lines.filter(({ text }) => wordOf(text) === 'refused');
  if (isAtBeginning(sync, evidence) && refused.length >= REPEATED) return { state: 'refuses-blocks' };
  if ('failure' in rpc || !isAlone(sync, evidence)) return undefined;
  const last = lines.findLast(({ time, text }) => now - time <= TOLD_FRESH && wordOf(text) === 'sync-requested');
  const told = last && loggedNumber(last.text, 'number');
  return told !== undefined && rpc.head !== undefined && told > rpc.head.number ? { state: 'cut-off', told } : undefined;
}

/** With time enough to have gone on; ordinary only as long as a snap sync fetches the state. A refused one stood at block 0, and at 1. */
function isAtBeginning({ state }: SyncState, { rpc, company, uptimeMs }: SyncEvidence): boolean {
  if (company !== 'consensus' || uptimeMs < ALONE_GRACE || state === 'at-head' || 'failure' in rpc) return false;
  return rpc.head !== undefined && rpc.head.number < SNAP_LEAST;
}

/** A consensus client in a container of its own tells better what geth lacks. */
function isAlone({ state }: SyncState, { rpc, company, uptimeMs, beside }: SyncEvidence): boolean {
  const asked = company === 'consensus' && beside !== true && uptimeMs >= ALONE_GRACE;
  return asked && !('failure' in rpc) && rpc.peers === 0 && (state === 'stale' || state === 'looking-for-peers');
}
