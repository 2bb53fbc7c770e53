import { NodectlError } from '../errors.ts';
import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import type { Provider, RejectedProvider } from '../node/endpoints/provider.ts';
import type { World } from '../ports.ts';

export interface LightQuestion {
  readonly chainId: number;
  /** Of a private chain, where its files tell it; a public one is known by its chain id. */
  readonly genesis?: BeaconGenesis | undefined;
  /** The preferred one first, in each list. */
  readonly executionRpcs: readonly Provider[];
  readonly beaconApis: readonly Provider[];
  /** Servers that may confirm the root without the light-client API; none where the beacon APIs are the person's own. */
  readonly checkpoints: readonly Provider[];
  /** Which the person named; then no other is asked in that role. */
  readonly own: { readonly execution: boolean; readonly beacon: boolean };
  /** The person takes one beacon API's word alone (`--force`). */
  readonly force: boolean;
}

/** Servers that a light client can use now, and the root it begins from. */
export interface LightEndpoints {
  /** A finalized block's root, whose light-client bootstrap each of `beaconApis` serves. */
  readonly root: string;
  /** Whole addresses that passed, the preferred one first; at least one of each. */
  readonly executionRpcs: readonly string[];
  readonly beaconApis: readonly string[];
  /** False where one beacon API alone was taken at its word. */
  readonly confirmed: boolean;
  readonly rejected: readonly RejectedProvider[];
  /** How far this machine's clock is ahead of theirs, ms; undefined when none told its own. */
  readonly clockSkewMs: number | undefined;
}

/** Asks every candidate at once. ENDPOINTS_REFUSED, with each one's reason among its facts, when a role has none that passes. */
export async function askLightEndpoints(_question: LightQuestion, _world: Pick<World, 'web' | 'clock'>): Promise<LightEndpoints> {
  throw new NodectlError('BUG', 'Asking light endpoints is not written yet.');
}
