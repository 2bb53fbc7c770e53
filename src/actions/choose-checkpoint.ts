import { refuseCheckpointAddress } from '../node/consensus/checkpoint-address.ts';
import { consensusClient } from '../node/consensus/client-table.ts';
import type { ClientSpec } from '../node/consensus/consensus-spec.ts';
import { type AgreedOrigin, agreedOrigin } from '../node/endpoints/agreed-origin.ts';
import { checkpointNotes } from '../node/endpoints/checkpoint-notes.ts';
import type { EndpointBook } from '../node/endpoints/endpoint-book.ts';
import { plainSecretNotes } from '../node/endpoints/plain-secret.ts';
import { ownProviders, type Provider } from '../node/endpoints/provider.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import { consensusNames } from '../node/names.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { ConsensusQuestion } from './decide-consensus.ts';
import type { Standing } from './decide-node.ts';
import { readBook } from './endpoint-book.ts';

export interface ChosenCheckpoint {
  /** Whole; null begins from the genesis state. */
  readonly url: string | null;
  /** Those that vouch for it, as they may be shown. */
  readonly shown: readonly string[];
  /** The endpoint book's new text; undefined where it stays. */
  readonly book: string | undefined;
  readonly notes: readonly string[];
  /** What was agreed on in this run; undefined for a client that begins from elsewhere, or has begun. */
  readonly agreed: AgreedOrigin | undefined;
}

const GENESIS: ChosenCheckpoint = { url: null, shown: [], book: undefined, notes: [], agreed: undefined };

/**
 * Where a consensus client begins. One that has begun keeps its provider; for a new one the providers are asked, the person's own
 * alone where they are named. ENDPOINTS_REFUSED where no two agree, USAGE where an address could be seen in the client's arguments.
 */
export async function chooseCheckpoint(question: ConsensusQuestion, spec: ClientSpec, ground: Standing): Promise<ChosenCheckpoint> {
  const { request, observed, present, name, profile, image } = question;
  const volume = consensusNames(name).volume;
  const begun = observed.volumes.some((seen) => seen.name === volume);
  const unused = request.checkpointUrls.length === 0 ? [] : ['The consensus client has begun already: --checkpoint-url changes nothing.'];
  if (observed.consensus !== undefined && present?.consensus?.kind === 'client') {
    const { checkpoints } = present.consensus;
    return { url: wholeAgain(checkpoints[0], profile), shown: checkpoints, book: undefined, notes: unused, agreed: undefined };
  }
  const known = begun ? ((await readBook(name, image, ground.engine))?.checkpoints ?? []) : [];
  if (known[0] !== undefined) return { url: known[0], shown: known.map(shownEndpoint), book: undefined, notes: unused, agreed: undefined };
  const own = request.checkpointUrls.length > 0;
  const providers: readonly Provider[] = own ? ownProviders(request.checkpointUrls) : profile.endpoints.checkpoints;
  if (providers.length === 0 && profile.private !== undefined) return GENESIS;
  if (own) for (const url of request.checkpointUrls) refuseCheckpointAddress(consensusClient(spec.client), url);
  const checkpoint = await ground.askCheckpoints({ providers, profile, own, force: request.force });
  const { agreed } = checkpoint;
  const book: EndpointBook = { v: 1, executionRpcs: [], beaconApis: [], checkpoints: [...agreed] };
  return {
    url: agreed[0] ?? null,
    shown: agreed.map(shownEndpoint),
    book: JSON.stringify(book),
    notes: [...plainSecretNotes(request.checkpointUrls), ...checkpointNotes('The consensus client', checkpoint)],
    agreed: agreedOrigin(checkpoint, providers),
  };
}

/**
 * A provider's address from what of it may be shown: the profile's own, else itself. A client that has begun only repeats it in
 * its arguments, and there a person's address stands only where it is shown whole.
 */
function wholeAgain(shown: string | undefined, { endpoints }: NetworkProfile): string | null {
  return endpoints.checkpoints.find(({ url }) => shownEndpoint(url) === shown)?.url ?? shown ?? null;
}
