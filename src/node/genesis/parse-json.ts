import type { JsonObject, JsonValue } from './json-value.ts';

/** A genesis has five levels. */
const DEEPEST = 32;
/** A file of 16 MiB holds about 720,000 values when it is all small accounts. */
const MOST_VALUES = 1_000_000;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** What a text is instead of JSON, and where; a value, never thrown. */
export interface NoJson {
  readonly problem: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * JSON as RFC 8259 has it, and stricter: a key twice is refused, since readers differ in which one counts, and so is what
 * nests deeper than 32 levels or has more than a million values.
 */
export function parseJson(text: string): { readonly value: JsonValue } | NoJson {
  const reader = new Reader(text);
  const value = reader.document();
  return reader.problem === undefined ? { value } : { problem: reader.problem, line: reader.line() };
}

class Reader {
  problem: string | undefined;
  private at = 0;
  private values = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  line(): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at !== -1 && at < this.at; at = this.text.indexOf('\n', at + 1)) line++;
    return line;
  }

  document(): JsonValue {
    this.space();
    if (this.at === this.text.length) return this.fail('it is empty');
    const value = this.value(0);
    if (this.problem !== undefined) return null;
    this.space();
    return this.at === this.text.length ? value : this.fail(`${this.shown()} follows after its end`);
  }

  private value(depth: number): JsonValue {
    if (depth > DEEPEST) return this.fail(`it nests deeper than ${DEEPEST} levels`);
    if (++this.values > MOST_VALUES) return this.fail(`it has more than ${MOST_VALUES} values`);
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first === '"') return this.string();
    const word = this.match(WORD);
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const digits = this.match(NUMBER);
    return digits === undefined ? this.fail(this.stray()) : { digits };
  }

  private object(depth: number): JsonObject {
    const object = new Map<string, JsonValue>();
    this.at++;
    if (this.sees('}')) return object;
    do {
      this.space();
      if (this.text[this.at] !== '"') return this.stop(object, this.stray());
      const key = this.string();
      if (this.problem !== undefined) return object;
      if (object.has(key)) return this.stop(object, `the key ${JSON.stringify(key.slice(0, 60))} is there twice`);
      if (!this.sees(':')) return this.stop(object, this.stray());
      this.space();
      object.set(key, this.value(depth + 1));
      if (this.problem !== undefined) return object;
    } while (this.sees(','));
    return this.sees('}') ? object : this.stop(object, this.stray());
  }

  private list(depth: number): readonly JsonValue[] {
    const list: JsonValue[] = [];
    this.at++;
    if (this.sees(']')) return list;
    do {
      this.space();
      list.push(this.value(depth + 1));
      if (this.problem !== undefined) return list;
    } while (this.sees(','));
    if (!this.sees(']')) this.fail(this.stray());
    return list;
  }

  private string(): string {
    const begin = this.at + 1;
    let end = begin;
    while (isPlain(this.text.charCodeAt(end))) end++;
    if (this.text[end] === '"') {
      this.at = end + 1;
      return this.text.slice(begin, end);
    }
    return this.escaped(this.endOfString(end)) ?? '';
  }

  private escaped(end: number): string | null {
    try {
      const string = JSON.parse(this.text.slice(this.at, end)) as string;
      this.at = end;
      return string;
    } catch {
      return this.fail('a string has no end, or a character in it that JSON does not allow');
    }
  }

  /** Behind the first quote that no odd number of backslashes escapes. No regular expression: one with a choice in its loop takes stack for each character. */
  private endOfString(from: number): number {
    for (let quote = this.text.indexOf('"', from); quote !== -1; quote = this.text.indexOf('"', quote + 1)) {
      let slash = quote;
      while (this.text[slash - 1] === '\\') slash--;
      if ((quote - slash) % 2 === 0) return quote + 1;
    }
    return this.text.length;
  }

  /** Takes the mark, and what is empty before it, where it comes next. */
  private sees(mark: string): boolean {
    this.space();
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  private space(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private stray(): string {
    return this.at === this.text.length ? 'it ends too early' : `${this.shown()} is out of place`;
  }

  private shown(): string {
    return JSON.stringify(String.fromCodePoint(this.text.codePointAt(this.at) ?? 0));
  }

  private stop(object: JsonObject, problem: string): JsonObject {
    this.fail(problem);
    return object;
  }

  private fail(problem: string): null {
    this.problem ??= problem;
    return null;
  }
}

/** True inside a string for what is neither its end, nor an escape, nor forbidden; false for NaN, behind the text. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}
