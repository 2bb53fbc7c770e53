/** A file that holds one whole number; undefined for everything else. */
export function wholeNumber(text: string): number | undefined {
  const word = text.trim();
  return /^-?\d{1,15}$/.test(word) ? Number(word) : undefined;
}
