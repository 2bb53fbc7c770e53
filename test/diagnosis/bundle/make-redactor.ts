import { createHash } from 'node:crypto';
import { createRedactor, type Redactor, type RedactorParts } from '../../../src/diagnosis/bundle/redactor.ts';

/** A redactor that hashes whatever it may; override what matters. */
export function makeRedactor(over: Partial<RedactorParts> = {}): Redactor {
  return createRedactor({
    policy: { ips: 'hash', enodes: 'hash' },
    pseudonym: (kind, text) => `${kind}-${createHash('sha256').update(`salt ${text}`).digest('hex').slice(0, 10)}`,
    secrets: [],
    keep: [],
    ...over,
  });
}
