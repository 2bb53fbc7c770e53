/** A word as a POSIX shell takes it for itself. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line that gives exactly these words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** The same command line through sudo; one that is more than words goes through a shell of its own. */
export function throughSudo(line: string): string {
  return /[|&;<>]/.test(line) ? `sudo sh -c ${shellWord(line)}` : `sudo ${line}`;
}
