import type { EndpointRole } from './endpoint-book.ts';
import { shownEndpoint } from './shown-endpoint.ts';

/** A server of somebody else, and who that is: two of one owner do not count as two. */
export interface Provider {
  /** Whole: it may hold credentials and is told to nobody but the server itself. */
  readonly url: string;
  readonly owner: string;
}

/** One that was asked and not taken. */
export interface RejectedProvider {
  /** Address fit for showing. */
  readonly shown: string;
  readonly role: EndpointRole;
  /** In words, without the address. */
  readonly reason: string;
}

/** Addresses that the person named: nodectl cannot know their owners, so each host and port counts as one. */
export function ownProviders(urls: readonly string[]): Provider[] {
  return urls.map((url) => ({ url, owner: shownEndpoint(url) }));
}
