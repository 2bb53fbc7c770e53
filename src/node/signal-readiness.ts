import { inRange } from './geth-version.ts';

/** The first version whose start loads the log index between opening the RPC and listening to signals (core/filtermaps). */
const LOG_INDEX_SINCE = '1.15.0';
/** geth's words when that is done; StartNode installs its signal handler right after (cmd/utils/cmd.go, 1.15.11 to 1.17.10). */
const LOG_INDEX_STARTED = 'Started log indexer';
/** A node that has run this long listens, whatever its log says: on a busy disk it was seen not to after eleven seconds. */
const SURELY_LISTENS = 60_000;
/** The same where the line never comes, because the log index is off or was never there. */
const LISTENS_WITHOUT_INDEX = 10_000;

/** The geth that was started, and its words. */
interface Started {
  readonly version: string;
  readonly args: readonly string[];
}

/**
 * Whether geth closes its database on SIGTERM by now. Before it listens, a SIGTERM ends it at once with exit code 2
 * (measured on 1.17.8: three stops of three within 0.6 s after the first RPC answer, on a chain that has a block).
 */
export function listensToSignals(geth: Started | undefined, uptimeMs: number, lines: readonly string[]): boolean {
  const indexes = geth?.args.some((word) => /^--?history\.logs\.disable\b/.test(word)) === false;
  if (uptimeMs >= (indexes ? SURELY_LISTENS : LISTENS_WITHOUT_INDEX)) return true;
  if (geth !== undefined && !inRange(geth.version, { since: LOG_INDEX_SINCE })) return true;
  return lines.some((line) => line.includes(LOG_INDEX_STARTED));
}
