import { formatDuration } from '../../duration.ts';
import { formatSize, GIB } from '../../size.ts';
import { lookedFor, msToNothing } from '../windows.ts';
import { GOOD, UNKNOWN, type WarningRow } from './warning-row.ts';

const DAY_MS = 24 * 3_600_000;
/** Time to provide for a larger disk. */
const AT_HEAD_MS = 7 * DAY_MS;
/** A sync fills the disk much faster than what comes after it. */
const SYNCING_MS = DAY_MS;
/** geth shuts itself down at 512 MiB and less (--datadir.minfreedisk); half a compaction takes more. */
const LITTLE = GIB;
const ENOUGH = 2 * GIB;
/** Half an hour says something about a week; less time only about twice as much. */
const LONG_LOOK = 30 * 60_000;

/** The disk is full in some days at the present slope; of a sync whose end is known, before that. */
export const diskFull: WarningRow = {
  kind: 'disk-full',
  raiseAfterMs: 30_000,
  clearAfterMs: 10 * 60_000,
  judge({ status, trend, windows: { diskFree } }) {
    const last = diskFree.at(-1);
    if (last === undefined) return UNKNOWN;
    const inMs = msToNothing(diskFree);
    const left = `${formatSize(last.value)} are free`;
    const text =
      inMs === null ? `The disk is nearly full: ${left}.` : `The disk is full in ${formatDuration(inMs)} at the present slope: ${left}.`;
    const looked = lookedFor(diskFree);
    const foreseen = inMs !== null && (looked >= LONG_LOOK || inMs <= 2 * looked);
    const syncing = status.sync.state === 'syncing' || status.sync.state === 'stalled';
    const horizon = !syncing ? AT_HEAD_MS : trend !== null && 'ms' in trend.eta ? trend.eta.ms : SYNCING_MS;
    if (last.value < LITTLE || (foreseen && inMs <= horizon)) return { is: 'bad', text, inMs };
    return last.value >= ENOUGH && (inMs === null || inMs > 1.5 * horizon) ? GOOD : { is: 'between', text, inMs };
  },
};
