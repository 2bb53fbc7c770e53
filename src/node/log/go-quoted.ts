const SIMPLE: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/** Where the quoted text that begins at `from` ends (the index after its closing quote); the whole length when a cut line left it open. */
export function quotedEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return text.length;
}

/** What a text in Go's quotes (strconv.Quote) stands for; of bytes that are no UTF-8 only ASCII is told. */
export function goUnquoted(quoted: string): string {
  const closed = quoted.length > 1 && quotedEnd(quoted, 0) === quoted.length && quoted.endsWith('"') && !endsEscaped(quoted);
  const inner = quoted.slice(1, closed ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (_, byte?: string, short?: string, long?: string, other?: string) => {
    if (byte !== undefined) return Number.parseInt(byte, 16) < 0x80 ? String.fromCharCode(Number.parseInt(byte, 16)) : '\ufffd';
    const point = short ?? long;
    if (point !== undefined) return Number.parseInt(point, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(point, 16)) : '\ufffd';
    return SIMPLE[other ?? ''] ?? other ?? '';
  });
}

/** A last quote that belongs to an escape closes nothing. */
function endsEscaped(quoted: string): boolean {
  let slashes = 0;
  while (quoted[quoted.length - 2 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
