import { inRange } from './geth-version.ts';

/** The first version whose start loads the log index between opening the RPC and listening to signals (core/filtermaps). */
const LOG_INDEX_SINCE = '1.15.0';
/** geth's words when that is done; StartNode installs its signal handler right after (cmd/utils/cmd.go, 1.15.11 to 1.17.10). */
const LOG_INDEX_STARTED = 'Started log indexer';
/** A node that has run this long listens, whatever its log says: with the log index off the line never comes. */
const SURELY_LISTENS = 10_000;

/**
 * Whether geth closes its database on SIGTERM by now. Before it listens, a SIGTERM ends it at once with exit code 2
 * (measured on 1.17.8: three stops of three within 0.6 s after the first RPC answer, on a chain that has a block).
 */
export function listensToSignals(geth: string | undefined, uptimeMs: number, lines: readonly string[]): boolean {
  if (uptimeMs >= SURELY_LISTENS) return true;
  if (geth !== undefined && !inRange(geth, { since: LOG_INDEX_SINCE })) return true;
  return lines.some((line) => line.includes(LOG_INDEX_STARTED));
}
