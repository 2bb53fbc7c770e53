/** The word in brackets of a kernel file that lists its choices: `always [madvise] never` gives madvise; undefined where none is. */
export function chosenWord(text: string): string | undefined {
  return /\[([^\][\s]+)\]/.exec(text)?.[1];
}
