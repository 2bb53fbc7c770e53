import { formatDuration } from '../../duration.ts';
import { LINES_FRESH } from '../../sync/judge-lines.ts';
import { GOOD, UNKNOWN, type WarningRow } from './warning-row.ts';

/** No block of a chain with slots is of the future; it is there some seconds after its own time. */
const AHEAD_MS = 5_000;
const ALMOST_MS = 1_000;
/** geth asks a time server when nobody answers it (p2p/discover/ntp.go, 1.4 and later). */
const GETHS_WORDS = /System clock seems off by (-?[0-9.hmsn\u00b5]+)/;

/** This machine's clock and the chain's are apart. A clock that is ahead looks like an old head, and only geth's words tell. */
export const clockDrift: WarningRow = {
  kind: 'clock-drift',
  raiseAfterMs: 15_000,
  clearAfterMs: 60_000,
  judge({ time, status, company, lines }) {
    const said = lines.findLast((line) => time - line.time <= LINES_FRESH && GETHS_WORDS.test(line.text));
    const drift = said && GETHS_WORDS.exec(said.text)?.[1];
    if (drift !== undefined) return { is: 'bad', text: `The clock is off by ${drift}, says geth.`, inMs: null };
    if (company !== 'consensus') return GOOD;
    if (status.head === null) return UNKNOWN;
    const ahead = Date.parse(status.head.time) - time;
    if (ahead <= ALMOST_MS) return GOOD;
    return {
      is: ahead >= AHEAD_MS ? 'bad' : 'between',
      text: `The head is ${formatDuration(ahead)} in the future: the clock is late.`,
      inMs: null,
    };
  },
};
