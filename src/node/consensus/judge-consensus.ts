import type { ObservedContainer } from '../../ports/containers.ts';
import { type BeaconFacts, slotsBehind } from './beacon-facts.ts';
import type { ConsensusState } from './consensus-state.ts';
import { type ExecutionSight, isExecutionAlone } from './execution-alone.ts';

export interface ConsensusEvidence {
  /** Undefined where the node shall have one and has none. */
  readonly container: Pick<ObservedContainer, 'state' | 'exitCode' | 'restartCount'> | undefined;
  /** Time since the container's start. */
  readonly uptimeMs: number;
  readonly now: number;
  readonly execution: ExecutionSight;
  readonly beacon: BeaconFacts | { readonly failure: string; readonly message: string };
  /** Its latest log lines; none where nobody looked. */
  readonly lines: readonly string[];
}

/** Reading a large database, or a state of some hundred megabytes from a checkpoint provider, comes before the REST API. */
const START_GRACE = 3 * 60_000;
/** Missed slots in a row that are ordinary on a network of many; the odds of eight at 1 % missed are nil. */
const ORDINARY_SLOTS = 8;
/** Where slots are short: after its first sync Prysm stood still for half a minute before it followed (measured, 3 s slots). */
const ORDINARY_MS = 60_000;
const PEERS_GRACE = 10 * 60_000;
const OPTIMISTIC_GRACE = 2 * 60_000;

/** Words by which a line speaks of geth; clients also say `connection refused` of their peers. */
const OF_EXECUTION = /execution|engine|eth1|:8551|\bEL\b/i;
/** How clients say that geth refused their key (geth answers 401). */
const REFUSED_KEY = /not authenticated|\b401\b|unauthori[sz]ed|invalid jwt/i;
/** How clients say that geth cannot be reached. */
const UNREACHED = /connection refused|no such host|ECONNREFUSED|ENOTFOUND|could not connect|offline|unavailable|unreachable/i;

/**
 * Judges what the container and one round of questions say, by slots and time and never by the client's own word for its
 * health. An exit code of 128 and the stop signal's number is a close like that of code 0: as the first process of its
 * container a program that does not handle a signal is not ended by it.
 */
export function judgeConsensus(evidence: ConsensusEvidence): ConsensusState {
  const { container, beacon, uptimeMs } = evidence;
  if (container === undefined) return { state: 'missing' };
  if (container.state !== 'running') return atRest(container);
  if ('failure' in beacon || beacon.syncing === undefined) {
    const reason = 'failure' in beacon ? beacon.message : 'it does not tell where it stands';
    const opening = uptimeMs < START_GRACE && container.restartCount === 0;
    return opening ? { state: 'starting' } : { state: 'not-answering', reason };
  }
  return running(beacon, evidence);
}

/** Whether its log is worth a look: it tells why geth is not with it. */
export function asksItsLog(beacon: ConsensusEvidence['beacon'], now: number): boolean {
  if ('failure' in beacon || beacon.syncing === undefined) return false;
  const { isOptimistic, elOffline } = beacon.syncing;
  const behind = slotsBehind(beacon, now) ?? 0;
  return isOptimistic === true || elOffline === true || behind > ordinary(beacon);
}

/** How many slots behind the present one a head may be without further thought. */
function ordinary({ clock }: BeaconFacts): number {
  return clock === undefined ? ORDINARY_SLOTS : Math.max(ORDINARY_SLOTS, Math.ceil(ORDINARY_MS / clock.slotMs));
}

/** On the way or there: nothing for a person to do. `executionSyncs`: geth fetches the chain, and verifies nothing before its end. */
export function isConsensusHealthy(judged: ConsensusState, uptimeMs: number, executionSyncs: boolean): boolean {
  switch (judged.state) {
    case 'following':
    case 'syncing':
    case 'starting':
      return true;
    case 'optimistic':
      return executionSyncs || uptimeMs < OPTIMISTIC_GRACE;
    case 'no-peers':
      return uptimeMs < PEERS_GRACE;
    case 'missing':
    case 'not-started':
    case 'stopped':
    case 'dead':
    case 'paused':
    case 'restarting':
    case 'not-answering':
    case 'execution-offline':
    case 'execution-alone':
    case 'not-authenticated':
    case 'frozen':
      return false;
  }
}

function atRest({ state, exitCode }: NonNullable<ConsensusEvidence['container']>): ConsensusState {
  if (state === 'created') return { state: 'not-started' };
  if (state === 'paused' || state === 'restarting') return { state };
  const closed = [0, 130, 143].includes(exitCode) && state !== 'dead';
  return { state: closed ? 'stopped' : 'dead' };
}

function running(beacon: BeaconFacts, { now, lines, uptimeMs, execution }: ConsensusEvidence): ConsensusState {
  if (!execution.runs) return { state: 'execution-offline' };
  const { isSyncing = false, isOptimistic = false, elOffline = false } = beacon.syncing ?? {};
  const distance = slotsBehind(beacon, now) ?? 0;
  const most = ordinary(beacon);
  const last = lines.findLast((line) => OF_EXECUTION.test(line) && (REFUSED_KEY.test(line) || UNREACHED.test(line)));
  const refused = last !== undefined && REFUSED_KEY.test(last);
  // Far enough behind it fetches blocks again, and can verify none of them: that is no way forward.
  if (refused && (isOptimistic || elOffline || distance > most)) return { state: 'not-authenticated' };
  if (last !== undefined && (isOptimistic || elOffline || (!isSyncing && distance > most))) return { state: 'execution-offline' };
  if (elOffline) return { state: 'execution-offline' };
  if (beacon.peers === 0 && (distance > most || (isSyncing && distance > 0))) return { state: 'no-peers' };
  if (isOptimistic) {
    const settled = uptimeMs >= OPTIMISTIC_GRACE;
    return settled && isExecutionAlone(execution, beacon, most, now) ? { state: 'execution-alone' } : { state: 'optimistic', distance };
  }
  if (distance <= most) return { state: 'following' };
  return isSyncing ? { state: 'syncing', distance } : { state: 'frozen', distance };
}
