import type { Company } from './company.ts';
import { ALONE_GRACE } from './consensus/execution-alone.ts';
import { SNAP_LEAST } from './execution-notes.ts';
import type { RpcFacts } from './rpc-facts.ts';
import type { SyncState } from './sync-state.ts';

/** A geth that follows a consensus client and does not get on. */
export interface ExecutionDoubt {
  readonly sync: SyncState;
  readonly rpc: RpcFacts;
  readonly company: Company;
  /** Time since the container's start. */
  readonly uptimeMs: number;
  /** Whether a consensus client in a container of its own is judged too: it tells better what geth lacks. */
  readonly beside: boolean;
}

/** geth was told of a block whose parents it does not have (1.11 to 1.17). */
const TOLD = /Forkchoice requested sync to new head.*?\bnumber"?[=:]\s*"?([\d,]+)/;
/** A block is the child of one that it refused. */
const REFUSED = /Marked new chain head as invalid/;
/** Once may be chance; geth says it for each block, and is given several in five minutes. */
const REPEATED = 2;

/** Whether geth's log is worth a look: nothing that it answers tells why it does not get on. */
export function asksExecutionLog(doubt: ExecutionDoubt): boolean {
  return isAtBeginning(doubt) || isAlone(doubt);
}

/** What geth's latest lines say of a doubt: the state that they prove, else the one there was. */
export function judgeByLog(doubt: ExecutionDoubt, lines: readonly string[]): SyncState {
  if (isAtBeginning(doubt) && lines.filter((line) => REFUSED.test(line)).length >= REPEATED) return { state: 'refuses-blocks' };
  if (!isAlone(doubt)) return doubt.sync;
  const last = lines.findLast((line) => TOLD.test(line)) ?? '';
  const told = Number(TOLD.exec(last)?.[1]?.replaceAll(',', ''));
  return told > (doubt.rpc.head?.number ?? told) ? { state: 'cut-off', told } : doubt.sync;
}

/** With time enough to have gone on; ordinary only as long as a snap sync fetches the state. A refused one stood at block 0, and at 1. */
function isAtBeginning({ sync, rpc, company, uptimeMs }: ExecutionDoubt): boolean {
  return company === 'consensus' && sync.state !== 'at-head' && uptimeMs >= ALONE_GRACE && (rpc.head?.number ?? SNAP_LEAST) < SNAP_LEAST;
}

function isAlone({ sync, rpc, company, uptimeMs, beside }: ExecutionDoubt): boolean {
  const standing = sync.state === 'stale' || sync.state === 'looking-for-peers';
  return company === 'consensus' && !beside && uptimeMs >= ALONE_GRACE && rpc.peers === 0 && standing;
}
