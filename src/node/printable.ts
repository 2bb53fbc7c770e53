/** Characters that would move or colour a terminal, or turn its direction. */
export const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Text of a stranger made fit for a terminal and a line: no control or direction characters, at most `most` characters. */
export function printable(text: string, most: number): string {
  const plain = text.replace(UNPRINTABLE, ' ').trim();
  if (plain.length <= most) return plain;
  const characters = [...plain];
  return characters.length <= most ? plain : `${characters.slice(0, most).join('')}…`;
}
