import type { ObservedContainer } from '../../ports/containers.ts';
import { containerFacts, limitFacts, type NodeStatus, type NodeUse } from '../node-status.ts';
import type { RpcFacts } from '../rpc-facts.ts';
import type { SyncState } from '../sync-state.ts';
import { slotsBehind } from './beacon-facts.ts';
import type { ClientSpec } from './consensus-spec.ts';
import type { ConsensusState } from './consensus-state.ts';
import { type ConsensusEvidence, isConsensusHealthy, judgeConsensus } from './judge-consensus.ts';

/** The consensus client's side of a node's status; null = not known, and then a note says why. */
export interface ConsensusStatus {
  readonly client: ClientSpec['client'];
  readonly state: ConsensusState;
  readonly healthy: boolean;
  /** Null where there is none (any more). */
  readonly container: NodeStatus['container'] | null;
  readonly image: { readonly ref: string; readonly id: string | null };
  readonly limits: NodeStatus['limits'] | null;
  readonly use: NodeUse | null;
  /** Its REST API on the engine's host. */
  readonly restEndpoint: string;
  readonly answersAs: string | null;
  readonly peers: number | null;
  readonly headSlot: number | null;
  /** Slots behind the present one. */
  readonly syncDistance: number | null;
  readonly finalizedEpoch: number | null;
  /** Its own words on geth: it cannot reach it; it has blocks that geth has not verified. */
  readonly elOffline: boolean | null;
  readonly optimistic: boolean | null;
}

/** What was seen of a consensus client. */
export interface ConsensusSight {
  readonly spec: ClientSpec;
  readonly container: ObservedContainer | undefined;
  readonly beacon: ConsensusEvidence['beacon'];
  readonly lines: readonly string[];
  readonly use: NodeUse | null;
}

/** What was seen of geth in the same round. */
export interface ExecutionStatus {
  readonly sync: SyncState;
  readonly uptimeMs: number;
  readonly said: RpcFacts | undefined;
}

/** Judges a consensus client by what was seen of it and of geth beside it. */
export function consensusStatus(sight: ConsensusSight, geth: ExecutionStatus, now: number): ConsensusStatus {
  const { spec, container, beacon } = sight;
  const facts = container && containerFacts(container, now);
  const uptimeMs = facts?.uptimeMs ?? 0;
  const runs = !['not-started', 'stopped', 'dead', 'paused', 'restarting'].includes(geth.sync.state);
  const execution = { runs, uptimeMs: geth.uptimeMs, head: geth.said?.head, peers: geth.said?.peers };
  const state = judgeConsensus({ container, uptimeMs, now, execution, beacon, lines: sight.lines });
  const said = 'failure' in beacon ? undefined : beacon;
  return {
    client: spec.client,
    state,
    healthy: isConsensusHealthy(state, uptimeMs, geth.sync.state === 'syncing'),
    container: facts ?? null,
    image: { ref: spec.image.ref, id: container?.imageId ?? null },
    limits: container === undefined ? null : limitFacts(container),
    use: sight.use,
    restEndpoint: restUrl(spec),
    answersAs: said?.version ?? null,
    peers: said?.peers ?? null,
    headSlot: said?.syncing?.headSlot ?? null,
    syncDistance: (said && slotsBehind(said, now)) ?? null,
    finalizedEpoch: said?.finalizedEpoch ?? null,
    elOffline: said?.syncing?.elOffline ?? null,
    optimistic: said?.syncing?.isOptimistic ?? null,
  };
}

export function restUrl({ ports }: ClientSpec): string {
  return `http://127.0.0.1:${ports.rest}`;
}

/** While its consensus client is on the way, geth has nothing to follow yet, or has just been given it: no fault of its own. */
export function waitsForItsTurn(geth: SyncState, { state, healthy }: ConsensusStatus): boolean {
  const onTheWay = ['starting', 'syncing', 'optimistic'].includes(state.state);
  return healthy && onTheWay && ['waiting-for-consensus', 'stale', 'looking-for-peers'].includes(geth.state);
}
