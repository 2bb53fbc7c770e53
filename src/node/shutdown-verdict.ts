/** How geth ended, from evidence; `unclean` may cost blocks on a chain that nobody else has. */
export interface ShutdownVerdict {
  readonly clean: boolean;
  readonly exitCode: number;
  /** What the verdict rests on, in words. */
  readonly evidence: string;
}

/** geth's last words after a full close of its database (core/blockchain.go Stop; every version from 1.8.2 on). */
const LAST_WORDS = 'Blockchain stopped';

/**
 * Clean means both: exit code 0, and `Blockchain stopped` as the last line. Geth's own `Unclean shutdown detected` at the
 * next start proves neither case (measured on 1.14.13, 1.16.9 and 1.17.8: missing after a kill within 12 s).
 */
export function judgeShutdown(exitCode: number, lastLines: readonly string[]): ShutdownVerdict {
  const last = lastLines.filter((line) => line.trim() !== '').at(-1) ?? '';
  const closed = last.includes(LAST_WORDS);
  if (exitCode === 0 && closed) return { clean: true, exitCode, evidence: `exit code 0 and "${LAST_WORDS}" as the last line` };
  const words = closed ? `"${LAST_WORDS}" was its last line` : `"${LAST_WORDS}" is not its last line`;
  return { clean: false, exitCode, evidence: `exit code ${exitCode}, ${words}` };
}
