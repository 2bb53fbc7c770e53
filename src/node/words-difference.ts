/**
 * Two command lines as texts that are equal exactly when their words are. Otherwise each text has only the flags, with
 * their values, that the other line does not have; the whole lines where they differ in order or number alone.
 */
export function wordsDifference(from: readonly string[], to: readonly string[]): [string, string] {
  return phrasesDifference(phrases(from), phrases(to));
}

/** The same of lists whose members are whole by themselves. */
export function phrasesDifference(left: readonly string[], right: readonly string[]): [string, string] {
  const [leftOnly, rightOnly] = [onlyIn(left, right), onlyIn(right, left)];
  if (leftOnly === '' && rightOnly === '') return [left.join(' '), right.join(' ')];
  return [leftOnly || 'nothing more', rightOnly || 'nothing more'];
}

function onlyIn(phrases: readonly string[], others: readonly string[]): string {
  return phrases.filter((phrase) => !others.includes(phrase)).join(' ');
}

/** Each flag with its values as one text; a word with spaces is quoted, so that every text stands for one list of words. */
function phrases(words: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const word of words) {
    const shown = /[\s"]|^$/.test(word) ? JSON.stringify(word) : word;
    if (word.startsWith('-') || found.length === 0) found.push(shown);
    else found.push(`${found.pop()} ${shown}`);
  }
  return found;
}
