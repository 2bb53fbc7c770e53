import type { Measure } from '../diagnosis/fix/measure.ts';
import { freeSwapPath } from '../host/fixes/free-swap-path.ts';
import type { World } from '../ports.ts';
import type { AddSwapRequest } from './add-swap.ts';
import type { UpRequest } from './up-request.ts';

type Of<Kind extends Measure['kind']> = Extract<Measure, { kind: Kind }>;

/** Geth closes and opens a large database in this time, ms. */
export const START_MS = 300_000;

/** `up` as a person would ask for it: what is not said stays as it is. */
export function upRequest({ node, memory, swap, port }: Of<'up'>): UpRequest {
  const nothing = undefined;
  return {
    ...{ name: node, memory, swap, port },
    ...{ network: nothing, preset: nothing, mode: nothing, history: nothing, mine: false, etherbase: nothing, passwordFile: nothing },
    ...{
      lightPeers: nothing,
      geth: nothing,
      imageRef: nothing,
      imageSource: 'auto',
      cpus: nothing,
      storage: nothing,
      storageMode: nothing,
      extra: [],
    },
    ...{ consensus: nothing, engine: nothing, jwtFile: nothing, checkpointUrls: [], beaconApis: [], executionRpcs: [] },
    ...{ lightBackend: nothing, force: false, dryRun: false, yes: true, wait: 'rpc', timeoutMs: START_MS },
  };
}

/** Swap beside what there is; what is agreed to already is not asked again. */
export async function swapRequest({ size }: Of<'add-swap'>, world: World): Promise<AddSwapRequest> {
  return { size, path: freeSwapPath(await world.hostFiles()), yes: true, dryRun: false };
}
