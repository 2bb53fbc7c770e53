import { withoutColour } from './without-colour.ts';

/**
 * What could move a cursor, hide text, or turn its direction: control characters but the tab, separators of lines, marks of
 * direction, and halves of a character.
 */
const UNFIT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A line as it is shown to a person: peers choose words that geth logs, and none of them may command the terminal. */
export function shownLine(text: string): string {
  return withoutColour(text).replace(UNFIT, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
