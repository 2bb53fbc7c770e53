import type { ObservedContainer } from '../ports/containers.ts';
import { companyOf } from './company.ts';
import { waitingReason } from './consensus/consensus-notes.ts';
import { type ConsensusSight, type ConsensusStatus, consensusStatus, waitsForItsTurn } from './consensus/consensus-status.ts';
import type { RpcFacts } from './rpc-facts.ts';
import type { NodeSpec } from './spec.ts';
import type { StopReason } from './stop-reason.ts';
import type { LoggedLine } from './sync/judge-lines.ts';
import { asksGethLog, isHealthy, judgeSync, type SyncState } from './sync-state.ts';

/** What one look saw of a node's parts. */
export interface NodeSight {
  readonly container: ObservedContainer;
  readonly uptimeMs: number;
  /** Instant. */
  readonly now: number;
  /** As the node is now; undefined when its label cannot be read. */
  readonly spec: NodeSpec | undefined;
  readonly rpc: RpcFacts | { readonly failure: string; readonly message: string };
  /** A light client in geth's place, judged by itself. */
  readonly light: { readonly sync: SyncState; readonly facts: RpcFacts | undefined } | undefined;
  /** The consensus client that the node shall have. */
  readonly beside: ConsensusSight | undefined;
  /** geth's lines of this run, oldest first; left out where nobody looked. */
  readonly lines?: readonly LoggedLine[] | undefined;
  /** Why nodectl stopped it, where the journal has that of its last run. */
  readonly stoppedFor?: StopReason | undefined;
}

export interface JudgedNode {
  readonly sync: SyncState;
  readonly consensus: ConsensusStatus | undefined;
  readonly healthy: boolean;
  /** What the node said of itself; undefined when it did not answer. */
  readonly said: RpcFacts | undefined;
  /** Whether geth's log may tell more: look, and judge again with its lines. */
  readonly asksLog: boolean;
}

/** Where a node and its parts stand, by one look. */
export function judgeNode({ container, uptimeMs, now, spec, rpc, light, beside, lines, stoppedFor }: NodeSight): JudgedNode {
  const said = 'failure' in rpc ? light?.facts : rpc;
  const company = companyOf(spec, said?.chainId);
  const slotMs = beside && 'clock' in beside.beacon ? beside.beacon.clock?.slotMs : undefined;
  const evidence = {
    container,
    uptimeMs,
    now,
    company,
    chainId: spec?.chainId,
    slotMs,
    beside: beside !== undefined,
    rpc,
    lines,
    stoppedFor,
  };
  const judged = light?.sync ?? judgeSync(evidence);
  const consensus = beside && consensusStatus(beside, { sync: judged, uptimeMs, said }, now);
  const sync = judged.state === 'waiting-for-consensus' ? { ...judged, reason: reasonOf(judged.reason, spec, consensus) } : judged;
  const asksLog = light === undefined && lines === undefined && asksGethLog(judged, evidence);
  return { sync, consensus, healthy: isNodeHealthy(sync, uptimeMs, consensus), said, asksLog };
}

/** A client in a container of its own is known better than geth's word for it. */
function reasonOf(geths: string | null, spec: NodeSpec | undefined, beside: ConsensusStatus | undefined): string {
  const known = waitingReason(spec?.consensus ?? null, beside);
  return beside === undefined ? (geths ?? known) : known;
}

/** A node is as well as its parts: both are, or the one has to wait for the other. */
function isNodeHealthy(geth: SyncState, uptimeMs: number, beside: ConsensusStatus | undefined): boolean {
  if (beside === undefined) return isHealthy(geth, uptimeMs);
  return beside.healthy && (isHealthy(geth, uptimeMs) || waitsForItsTurn(geth, beside));
}
