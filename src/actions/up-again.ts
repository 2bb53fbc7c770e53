import type { UpRequest } from './up-request.ts';

/** How long a node may take to answer after it was put elsewhere. */
const PATIENCE_MS = 300_000;

/** The request of a bare `nodectl up --name NODE`: everything stays as it is, or as what is left of the node says. */
export function upAgain(node: string): UpRequest {
  return {
    name: node,
    ...{ network: undefined, preset: undefined, mode: undefined, history: undefined, mine: false, etherbase: undefined },
    ...{ passwordFile: undefined, lightPeers: undefined, geth: undefined, imageRef: undefined, imageSource: 'auto' },
    ...{ memory: undefined, swap: undefined, cpus: undefined, storage: undefined, storageMode: undefined, port: undefined, extra: [] },
    ...{ consensus: undefined, engine: undefined, jwtFile: undefined, checkpointUrls: [], beaconApis: [], executionRpcs: [] },
    ...{ lightBackend: undefined, force: false, dryRun: false, yes: false, wait: 'rpc', timeoutMs: PATIENCE_MS },
  };
}
