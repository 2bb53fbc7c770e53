import { NodectlError } from '../errors.ts';
import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import type { Provider, RejectedProvider } from '../node/endpoints/provider.ts';
import type { World } from '../ports.ts';

export interface CheckpointQuestion {
  /** The preferred one first. */
  readonly providers: readonly Provider[];
  readonly chainId: number;
  /** Of a private chain, where its files tell it; a public one is known by its chain id. */
  readonly genesis?: BeaconGenesis | undefined;
  /** The person named them (`--checkpoint-url`). */
  readonly own: boolean;
  /** The person takes one provider's word alone (`--force`). */
  readonly force: boolean;
}

/** A finalized checkpoint to begin from. */
export interface AgreedCheckpoint {
  /** Block root, 0x and 64 hex digits. */
  readonly root: string;
  readonly epoch: number;
  /** The epoch's first slot. */
  readonly slot: number;
  /** Whole addresses of those that vouch for it, the preferred one first. */
  readonly agreed: readonly string[];
  /** False where one provider alone was taken at its word. */
  readonly confirmed: boolean;
  readonly rejected: readonly RejectedProvider[];
  /** How far this machine's clock is ahead of theirs, ms; undefined when none told its own. */
  readonly clockSkewMs: number | undefined;
}

/**
 * A fresh finalized checkpoint on which two providers of different owners agree. ENDPOINTS_REFUSED, with each provider's reason among
 * its facts, when there is none; `force` lets one of the person's own stand alone.
 */
export async function askCheckpoints(_question: CheckpointQuestion, _world: Pick<World, 'web' | 'clock'>): Promise<AgreedCheckpoint> {
  throw new NodectlError('BUG', 'Asking checkpoint providers is not written yet.');
}
