/** Lines in which geth tells its head (1.10 to 1.17; terminal, logfmt and JSON format). */
const HEAD_LINE =
  /(?:Chain head was updated|Imported new (?:potential )?chain segment|Successfully sealed new block|Persisting dirty state)/;
const NUMBER = /(?:\b(?:number|head)=|"(?:number|head)":\s*"?)([\d,]+)/;

/** The highest block number that geth's log lines tell of, undefined when none does. */
export function highestLoggedHead(lines: readonly string[]): number | undefined {
  let highest: number | undefined;
  for (const line of lines) {
    if (!HEAD_LINE.test(line)) continue;
    const number = Number(NUMBER.exec(line)?.[1]?.replaceAll(',', ''));
    if (Number.isSafeInteger(number) && number > (highest ?? -1)) highest = number;
  }
  return highest;
}
