import { goUnquoted, quotedEnd } from './go-quoted.ts';

/** A message and the words after it that name values: `Imported new chain segment   number=4 hash=cc4733..d79159`. */
export interface KeyValues {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Takes the `key=value` words off a text's end: the fields begin at the first of them after which nothing else follows. Values
 * may be in Go's quotes. The time taken grows with the text alone.
 */
export function splitKeyValues(text: string): KeyValues {
  let fields: [string, string][] = [];
  let begun = text.length;
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) {
      at++;
      continue;
    }
    const pair = pairAt(text, at);
    if (pair === undefined) {
      fields = [];
      begun = text.length;
      at = wordEnd(text, at);
    } else {
      if (fields.length === 0) begun = at;
      fields.push([pair.key, pair.value]);
      at = pair.end;
    }
  }
  const message = text.slice(0, begun).trim();
  const isQuoted = message.startsWith('"') && quotedEnd(message, 0) === message.length;
  return { message: isQuoted ? goUnquoted(message) : message, fields: Object.fromEntries(fields) };
}

function pairAt(text: string, at: number): { readonly key: string; readonly value: string; readonly end: number } | undefined {
  const word = text.slice(at, wordEnd(text, at));
  const key = word.slice(0, Math.max(0, word.indexOf('=')));
  if (key === '' || key.includes('"')) return undefined;
  const from = at + key.length + 1;
  if (text[from] !== '"') return { key, value: word.slice(key.length + 1), end: at + word.length };
  const end = quotedEnd(text, from);
  return end === text.length || isSpace(text, end) ? { key, value: goUnquoted(text.slice(from, end)), end } : undefined;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isSpace(text, end)) end++;
  return end;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
