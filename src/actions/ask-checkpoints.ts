import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import { clockSkew } from '../node/endpoints/clock-skew.ts';
import { endpointsRefused } from '../node/endpoints/endpoints-refused.ts';
import type { Provider, RejectedProvider } from '../node/endpoints/provider.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import { type AskingWorld, askBeacons } from './ask-beacons.ts';

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
 * its facts, when there is none; `force` lets one of the person's own stand alone, as long as no other contradicts it.
 */
export async function askCheckpoints(question: CheckpointQuestion, world: AskingWorld): Promise<AgreedCheckpoint> {
  const { providers, own, force } = question;
  const { agreement, dissenters, sound, skews } = await askBeacons(providers, [], question, own && force ? 1 : 2, world);
  const rejected = dissenters.map(({ provider, reason }) => ({ shown: shownEndpoint(provider.url), role: 'checkpoints' as const, reason }));
  const clockSkewMs = clockSkew(skews);
  if (agreement === undefined) throw endpointsRefused(refusal(question, sound), rejected, hint(question), clockSkewMs);
  const { root, epoch, slot } = agreement.claim;
  const agreed = agreement.vouchers.map(({ provider }) => provider.url);
  return { root, epoch, slot, agreed, confirmed: agreement.confirmed, rejected, clockSkewMs };
}

function refusal({ providers, own }: CheckpointQuestion, sound: number): string {
  if (providers.length === 0) return 'No checkpoint provider is known for this network.';
  if (sound === 0) return 'No checkpoint provider tells a fresh finalized checkpoint.';
  if (own && sound === 1) return 'One checkpoint provider alone is not taken at its word.';
  return 'No two checkpoint providers of different owners agree on a fresh finalized checkpoint.';
}

function hint({ own }: CheckpointQuestion): string {
  return own
    ? 'Give --checkpoint-url twice or more, for providers that do not belong together. --force takes one alone at its word, as long as no other contradicts it.'
    : 'Try again later, or give --checkpoint-url twice or more, for providers that do not belong together.';
}
