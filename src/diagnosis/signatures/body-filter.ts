import { readLevel } from '../../node/log/read-log-line.ts';

/** After these words come lines that belong to them: a stack of every goroutine, or a page of help. */
const OPENS = /^(?:panic: |fatal error: |SIG[A-Z]+: |unexpected fault address |Incorrect Usage[.:] |flag provided but not defined: )/;

/** A stack may have thousands of lines; who panicked stands in the first. */
const MOST = 12;

/** Tells the lines worth keeping from the most of such a body; lines are given in their order. */
export function bodyFilter(): (line: string) => boolean {
  let within: number | undefined;
  return (line) => {
    if (OPENS.test(line)) within = 0;
    else if (within !== undefined && readLevel(line) !== null) within = undefined;
    else if (within !== undefined) within++;
    return (within ?? 0) <= MOST;
  };
}
