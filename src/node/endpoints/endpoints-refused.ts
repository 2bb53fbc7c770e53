import { NodectlError } from '../../errors.ts';
import { clockWarning } from './clock-skew.ts';
import type { EndpointRole } from './endpoint-book.ts';
import type { RejectedProvider } from './provider.ts';

const ROLE_WORDS: Readonly<Record<EndpointRole, string>> = {
  executionRpcs: 'execution RPC',
  beaconApis: 'beacon API',
  checkpoints: 'checkpoint provider',
};

/** ENDPOINTS_REFUSED: what is missing, each server that was asked with its reason, a wrong clock where it may be the cause, and what to type. */
export function endpointsRefused(
  message: string,
  rejected: readonly RejectedProvider[],
  hint: string,
  skewMs: number | undefined,
): NodectlError {
  const facts: Record<string, string> = {};
  for (const { shown, role, reason } of rejected) {
    const name = `${shown} (${ROLE_WORDS[role]})`;
    // Two addresses of one server may differ only in what is not shown.
    const before = Object.keys(facts).filter((key) => key.startsWith(name)).length;
    facts[before === 0 ? name : `${name} #${before + 1}`] = reason;
  }
  const clock = clockWarning(skewMs);
  if (clock !== undefined) facts.clock = clock;
  return new NodectlError('ENDPOINTS_REFUSED', message, { facts, hint });
}
