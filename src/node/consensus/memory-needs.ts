import type { NetworkProfile } from '../profile.ts';
import { parseSize } from '../size.ts';
import type { ConsensusClient, MemoryNeeds } from './consensus-client.ts';

/** What a client needs on a network, bytes: a private beacon chain is a thousandth of a public one. */
export function clientNeeds(client: ConsensusClient, profile: NetworkProfile): MemoryNeeds {
  return profile.private === undefined ? client.memory.public : client.memory.private;
}

/**
 * What geth needs beside a consensus client, bytes. A private network's figures are geth's own. A public one's count the
 * machine with both, as the people who measured them did; no dated figure of geth alone is known, so it is half of them.
 */
export function executionNeeds(profile: NetworkProfile): MemoryNeeds {
  const { minimum, comfortable } = profile.needs.memory;
  const share = profile.private === undefined ? 0.5 : 1;
  return { minimum: parseSize(minimum, 'minimum') * share, comfortable: parseSize(comfortable, 'comfortable') * share };
}
