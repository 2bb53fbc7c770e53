/** How geth ended, from evidence; `unclean` may cost blocks on a chain that nobody else has. */
export interface ShutdownVerdict {
  readonly clean: boolean;
  readonly exitCode: number;
  /** What the verdict rests on, in words. */
  readonly evidence: string;
}

/** geth's last words after a full close of its database (core/blockchain.go Stop; every version from 1.8.2 on; les/client.go Stop for a light client). */
const LAST_WORDS = ['Blockchain stopped', 'Light ethereum stopped'] as const;

/** P2P networking ends after the database (node/node.go stopServices), and may still say that it looks for peers. */
const ORDINARY = /^(?:TRACE|DEBUG|INFO|WARN)\b|\blvl"?[:=] ?"?(?:trace|debug|info|warn)\b/;
const ORDINARY_MOST = 10;

/**
 * Clean means both: exit code 0, and geth's own last words at the end of its log, with nothing but ordinary lines behind them. Geth's own `Unclean shutdown detected` at the
 * next start proves neither case (measured on 1.14.13, 1.16.9 and 1.17.8: missing after a kill within 12 s).
 */
export function judgeShutdown(exitCode: number, lastLines: readonly string[]): ShutdownVerdict {
  const lines = lastLines.filter((line) => line.trim() !== '');
  const at = lines.findLastIndex((line) => LAST_WORDS.some((text) => line.includes(text)));
  const words = LAST_WORDS.find((text) => lines[at]?.includes(text));
  const behind = lines.slice(at + 1);
  const closed = words !== undefined && behind.length <= ORDINARY_MOST && behind.every((line) => ORDINARY.test(line));
  const clean = exitCode === 0 && closed;
  const said = closed ? `"${words}" was its last line` : `"${LAST_WORDS[0]}" is not its last line`;
  return { clean, exitCode, evidence: clean ? `exit code 0 and "${words}" as the last line` : `exit code ${exitCode}, ${said}` };
}
