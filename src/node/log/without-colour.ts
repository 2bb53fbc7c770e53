// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins a colour.
const COLOUR = /\u001b\[[0-9;]*m/g;

/** A line without the colours that a program gives it on a terminal. */
export function withoutColour(text: string): string {
  return text.includes('\u001b[') ? text.replace(COLOUR, '') : text;
}
