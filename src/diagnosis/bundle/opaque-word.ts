/** Shorter words are not told from names that people give. */
const LEAST = 24;

/**
 * Whether a word looks drawn at random, as keys and tokens do: its capitals, small letters and digits alternate far more often
 * than in a name (random base64 changes its kind at 64 of 100 places, `processSnapSyncContent` at 27).
 */
export function looksOpaque(word: string): boolean {
  const kinds = [...word].flatMap((character) => kindOf(character) ?? []);
  if (kinds.length < LEAST) return false;
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length / (kinds.length - 1);
  const digits = kinds.filter((kind) => kind === 'digit').length;
  const capitals = kinds.filter((kind) => kind === 'capital').length;
  if (digits === 0) return changes >= 0.38;
  // Base32 has no small letters and few digits.
  if (capitals + digits === kinds.length) return digits >= 2 && capitals >= 10;
  return changes >= 0.28;
}

function kindOf(character: string): 'capital' | 'small' | 'digit' | undefined {
  if (character >= '0' && character <= '9') return 'digit';
  if (character >= 'a' && character <= 'z') return 'small';
  return character >= 'A' && character <= 'Z' ? 'capital' : undefined;
}
