import type { RpcFacts } from '../rpc-facts.ts';
import type { LightFacts } from './judge-light.ts';
import { lightBackend } from './light-backends.ts';
import type { LightBackendName, LightSpec } from './light-spec.ts';

/** What `status` tells of a light client. Addresses are shown ones. */
export interface LightStatus {
  readonly backend: LightBackendName;
  /** Whom it was given when it was made; a fresh choice is made at every start where the person named none. */
  readonly executionRpcs: readonly string[];
  readonly beaconApis: readonly string[];
  /** How the proof of an account came out just now; null where it did not answer. */
  readonly proof: LightFacts['proof'] | null;
  /** Answers refused since its start; null where the client does not count them. */
  readonly refused: number | null;
  /** JSON-RPC methods that it answers with proof. */
  readonly methods: readonly string[];
}

export function lightStatus({ backend, executionRpcs, beaconApis }: LightSpec, facts: LightFacts | undefined): LightStatus {
  const counts = facts !== undefined && facts.upstreams.length > 0;
  return {
    backend,
    executionRpcs,
    beaconApis,
    proof: facts?.proof ?? null,
    refused: counts ? (facts.refused?.count ?? 0) : null,
    methods: lightBackend(backend).methods,
  };
}

/** The same facts as geth's, where a light client has them. */
export function asRpcFacts({ head, finalized, chainId }: LightFacts): RpcFacts {
  return { syncing: false, head, finalized, peers: undefined, clientVersion: undefined, chainId, txpool: undefined, unanswered: [] };
}
