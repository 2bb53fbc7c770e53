/** The bytes of a text as UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Each half of a pair counts two, together the four bytes that they are.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** The last lines that have room in so many bytes; `cut` where there were more. */
export function lastLines(lines: readonly string[], most: number): { readonly text: string; readonly cut: boolean } {
  let room = most;
  let from = lines.length;
  for (; from > 0; from--) {
    const size = byteLength(lines[from - 1] ?? '') + 1;
    if (size > room) break;
    room -= size;
  }
  return {
    text: lines
      .slice(from)
      .map((line) => `${line}\n`)
      .join(''),
    cut: from > 0,
  };
}
