/** Text of a stranger made fit for a terminal and a line: no control or direction characters, at most `most` characters. */
export function printable(text: string, most: number): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...plain];
  return characters.length <= most ? plain : `${characters.slice(0, most).join('')}…`;
}
