import { isNumber, isObject, type JsonValue } from './json-value.ts';

/**
 * A genesis as one text that white space, the order of keys and the writing of the addresses in `alloc` do not change: what
 * its digest is made of. Numbers stay as written.
 */
export function canonicalGenesis(genesis: JsonValue): string {
  if (!isObject(genesis)) return canonicalJson(genesis);
  const alloc = genesis.get('alloc');
  if (alloc === undefined || !isObject(alloc)) return canonicalJson(genesis);
  const accounts = new Map([...alloc].map(([address, account]) => [address.toLowerCase().replace(/^0x/, ''), account]));
  return canonicalJson(new Map([...genesis, ['alloc', accounts]]));
}

function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isNumber(value)) return value.digits;
  if (!isObject(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = [...value.keys()].sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value.get(key) ?? null)}`).join(',')}}`;
}
