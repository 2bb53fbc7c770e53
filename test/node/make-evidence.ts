import type { RpcFacts } from '../../src/node/rpc-facts.ts';
import type { SyncEvidence } from '../../src/node/sync-state.ts';
import { NOW } from './make-node.ts';

export const MINUTE = 60_000;

/** What a geth on a chain with slots answers, a head of one slot ago; override what matters. */
export function makeRpcFacts(change: Partial<RpcFacts> = {}): RpcFacts {
  return {
    syncing: false,
    head: { number: 100, hash: '0xab', time: NOW - 12_000 },
    finalized: 60,
    peers: 8,
    clientVersion: 'Geth/v1.17.10',
    chainId: 1,
    txpool: undefined,
    unanswered: [],
    ...change,
  };
}

/** Of a geth that has run for an hour. */
export function makeEvidence(change: Partial<SyncEvidence> = {}): SyncEvidence {
  const container = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;
  return { container, uptimeMs: 60 * MINUTE, now: NOW, company: 'consensus', chainId: 1, rpc: makeRpcFacts(), ...change };
}
