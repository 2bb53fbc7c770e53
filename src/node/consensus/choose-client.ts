import type { NetworkProfile } from '../profile.ts';
import { formatSize } from '../size.ts';
import { consensusClient } from './client-table.ts';
import type { ConsensusClientName } from './consensus-spec.ts';
import { clientNeeds, executionNeeds } from './memory-needs.ts';

/**
 * The clients that `up` chooses by itself, the preferred one first, with what is preferred in it. The others run by name.
 * A private network needs one that can be built where its image is not to be had, and was proved on such a network.
 */
const PUBLIC_ORDER: readonly Preference[] = [
  { client: 'lighthouse', fits: 'comfortable', why: 'the most used one' },
  { client: 'nimbus', fits: 'minimum', why: 'the one that needs least' },
];
const PRIVATE_ORDER: readonly Preference[] = [{ client: 'prysm', fits: 'minimum', why: 'the one that nodectl can build' }];

interface Preference {
  readonly client: ConsensusClientName;
  /** How much of its needs the memory must cover, beside geth's. */
  readonly fits: 'minimum' | 'comfortable';
  readonly why: string;
}

/** A client that a node gets unless told otherwise, and why, as a sentence. */
export interface ChosenClient {
  readonly client: ConsensusClientName;
  readonly reason: string;
}

/** The client that fits a node's whole memory (bytes) on a network; undefined where none does. */
export function chooseClient(memory: number, profile: NetworkProfile): ChosenClient | undefined {
  const order = profile.private === undefined ? PUBLIC_ORDER : PRIVATE_ORDER;
  const chosen = order.find((row) => memory >= needed(row, profile));
  if (chosen === undefined) return undefined;
  const { title } = consensusClient(chosen.client);
  return {
    client: chosen.client,
    reason: `${title} is the consensus client, ${chosen.why}: with geth it needs ${formatSize(needed(chosen, profile))} of the ${formatSize(memory)}.`,
  };
}

/** The one of them that needs least, for a node in whose memory none fits. */
export function leastClient({ private: chain }: NetworkProfile): ConsensusClientName {
  return chain === undefined ? 'nimbus' : 'prysm';
}

function needed({ client, fits }: Preference, profile: NetworkProfile): number {
  return executionNeeds(profile)[fits] + clientNeeds(consensusClient(client), profile)[fits];
}
