/** A bash command line up to the cursor, as bash will read it. */
export interface BashLine {
  /** Its words without their quotes; the last is the one that is being typed, '' after a space. */
  readonly words: readonly string[];
  /** How much of the last word stays: what bash puts into its place begins after its last break (`=`, `:`) or opening quote. */
  readonly kept: number;
  /** The last word is where input comes from or output goes to. */
  readonly redirects: boolean;
}

/** Reads words, quotes and escapes; nothing is expanded. `breaks` is COMP_WORDBREAKS. */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let word: string | undefined;
  let kept = 0;
  let quote = '';
  let redirects = false;
  const end = () => {
    if (word === undefined) return;
    words.push(word);
    word = undefined;
    kept = 0;
    redirects = false;
  };
  for (let index = 0; index < line.length; index++) {
    const character = line[index] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && '"\\$`'.includes(line[index + 1] ?? ' ')) word += line[++index] ?? '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
      kept = word.length;
    } else if (character === '\\') word = (word ?? '') + (line[++index] ?? '');
    else if (/\s/.test(character)) end();
    else if (character === '<' || character === '>') {
      end();
      redirects = true;
    } else {
      word = (word ?? '') + character;
      if (breaks.includes(character)) kept = word.length;
    }
  }
  return { words: [...words, word ?? ''], kept, redirects };
}
