import type { Redactor } from './redactor.ts';
import { namesSecret } from './secret-names.ts';

/** A JSON value with every text in it redacted, its keys too, and with nothing but a mark under a key that names a secret. */
export function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (Array.isArray(value)) return value.map((each) => redactValue(each, redactor));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, held]) => [redactor.text(key), underKey(key, held, redactor)] as const);
  return Object.fromEntries(entries);
}

function underKey(key: string, value: unknown, redactor: Redactor): unknown {
  const empty = value === null || value === '' || value === undefined || typeof value === 'boolean';
  return namesSecret(key) && !empty ? '***' : redactValue(value, redactor);
}
