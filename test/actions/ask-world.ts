import { type AskingWorld, ROUND_MS } from '../../src/actions/ask-beacons.ts';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { NodectlError } from '../../src/errors.ts';
import type { Provider } from '../../src/node/endpoints/provider.ts';

/** The real adapter and clock. */
export function askingWorld(signal: AbortSignal = new AbortController().signal): AskingWorld {
  return { web: async () => httpWeb(), clock: systemClock(), signal };
}

/** A world whose rounds of questions end after 2.5 s, for servers that hang: its clock is behind by the rest. */
export function hurriedWorld(): AskingWorld {
  const clock = systemClock();
  return { ...askingWorld(), clock: { ...clock, now: () => clock.now() - (ROUND_MS - 2500) } };
}

/** Parts of an address that nobody but the server itself may ever see. */
export const SECRETS = ['alice', 'hunter2', 'pathkey123', 'querykey456'];

/** A server's address with a secret in every place where providers put one, and an owner. */
export function provider({ url }: { readonly url: string }, owner: string): Provider {
  const secret = new URL(url);
  secret.username = 'alice';
  secret.password = 'hunter2';
  secret.pathname = '/v2/pathkey123';
  secret.search = '?apikey=querykey456';
  return { url: secret.href, owner };
}

/** Everything of an error or a report that can reach a person, a log or a program. */
export function told(value: unknown): string {
  if (!(value instanceof NodectlError)) return JSON.stringify(value);
  return JSON.stringify({ message: value.message, hint: value.hint, facts: value.facts, stack: value.stack, cause: String(value.cause) });
}
