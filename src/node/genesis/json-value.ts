/** JSON as a genesis needs it: numbers keep their digits, since geth reads more of them than a double holds, and no key is special. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** A number as it is written. */
export interface JsonNumber {
  readonly digits: string;
}

export function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

export function isNumber(value: JsonValue): value is JsonNumber {
  return typeof value === 'object' && value !== null && 'digits' in value;
}
