import { NodectlError } from '../../errors.ts';
import { isNumber, isObject, type JsonObject, type JsonValue } from './json-value.ts';

/** The error for a genesis file: one sentence of what is wrong in it, and what to do where the default hint says too little. */
export function refuseGenesis(file: string, problem: string, hint?: string): NodectlError {
  return new NodectlError('INVALID_GENESIS', `${file}: ${problem}`, { facts: { file }, ...(hint === undefined ? {} : { hint }) });
}

/** One value of a genesis and the way to it. What reads it wrongly is INVALID_GENESIS with that way. */
export class Part {
  readonly file: string;
  readonly path: string;
  readonly value: JsonValue;

  constructor(file: string, path: string, value: JsonValue) {
    this.file = file;
    this.path = path;
    this.value = value;
  }

  refuse(problem: string, hint?: string): NodectlError {
    return refuseGenesis(this.file, `${this.path === '' ? 'the top level' : this.path}: ${problem}`, hint);
  }

  /** Refused as not being `what`, with what is there instead. */
  isNot(what: string): NodectlError {
    return this.refuse(`must be ${what}, found ${shown(this.value)}.`);
  }

  object(): JsonObject {
    if (isObject(this.value)) return this.value;
    throw this.isNot('an object');
  }

  /** A field of an object; undefined where it is missing or null, which geth takes for the same. */
  field(name: string): Part | undefined {
    const value = this.object().get(name);
    return value === undefined || value === null ? undefined : this.of(name, value);
  }

  required(name: string, what: string): Part {
    const part = this.field(name);
    if (part === undefined) throw this.of(name, null).refuse(`is missing; geth needs ${what}.`);
    return part;
  }

  /** Every entry of an object. */
  *entries(): Generator<readonly [string, Part]> {
    for (const [key, value] of this.object()) yield [key, this.of(key, value)];
  }

  /** A whole number written as a JSON number, as the fields of `config` are, from 0 to `most`. */
  plainNumber(most: bigint): bigint {
    if (!isNumber(this.value)) throw this.isNot('a whole number without quotes');
    if (!/^\d{1,80}$/.test(this.value.digits)) throw this.isNot('a whole number, written in digits alone');
    const number = BigInt(this.value.digits);
    if (number > most) throw this.isNot(`at most ${most}`);
    return number;
  }

  /** A number in quotes, hexadecimal with 0x or decimal, or a JSON number; from 0 to 2^bits - 1. */
  quantity(bits: 64 | 256): bigint {
    const text = isNumber(this.value) ? this.value.digits : this.value;
    if (typeof text !== 'string' || !/^(?:0x[0-9a-f]{1,80}|\d{1,80})$/i.test(text)) {
      throw this.isNot('a number in quotes, "0x…" or decimal');
    }
    const number = BigInt(text);
    if (number >= 2n ** BigInt(bits)) throw this.isNot(`less than 2^${bits}`);
    return number;
  }

  /** Hexadecimal digits after 0x, in pairs; exactly `bytes` of them when given. Gives their number. */
  bytes(bytes?: number): number {
    const what = bytes === undefined ? 'hexadecimal digits in pairs after 0x' : `0x and ${bytes * 2} hexadecimal digits`;
    if (this.value === '' && bytes === undefined) return 0;
    if (typeof this.value !== 'string' || !/^0x[0-9a-f]*$/i.test(this.value) || this.value.length % 2 !== 0) throw this.isNot(what);
    const length = this.value.length / 2 - 1;
    if (bytes !== undefined && length !== bytes) throw this.isNot(what);
    return length;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.isNot('true or false');
    return this.value;
  }

  /** Another value under this one's name. */
  as(value: JsonValue): Part {
    return new Part(this.file, this.path, value);
  }

  /** The value of one of its keys. */
  of(name: string, value: JsonValue): Part {
    const key = name.length > 60 ? `${name.slice(0, 60)}…` : name;
    return new Part(this.file, this.path === '' ? key : `${this.path}.${key}`, value);
  }
}

function shown(value: JsonValue): string {
  if (value === null) return 'null';
  if (isNumber(value)) return shorten(value.digits);
  if (isObject(value)) return 'an object';
  return Array.isArray(value) ? 'a list' : shorten(JSON.stringify(value));
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text;
}
