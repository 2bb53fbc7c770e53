import { MIB } from '../../size.ts';
import { rateOf } from '../../sync/rate.ts';
import { GOOD, UNKNOWN, type WarningRow } from './warning-row.ts';

/** A working set that does not fit comes back from swap all the time. Bytes per second: raised at the first, cleared below the second. */
const MUCH = 4 * MIB;
const LITTLE = MIB;
/** Shares of time in which every task waited for memory. */
const STALLED = 0.2;
const FLOWING = 0.05;
/** A node that is far from its limit swaps because others do. */
const NEAR_LIMIT = 0.8;

/** Pages come back from swap as fast as they go out: geth crawls. */
export const swapThrash: WarningRow = {
  kind: 'swap-thrash',
  raiseAfterMs: 15_000,
  clearAfterMs: 60_000,
  judge({ status, windows, pressure, memoryShare }) {
    if (status.container.state !== 'running') return GOOD;
    const into = rateOf(windows.swappedIn);
    const full = pressure?.memoryFull ?? null;
    if (into === null && full === null) return UNKNOWN;
    const near = memoryShare === null || memoryShare >= NEAR_LIMIT;
    const out = rateOf(windows.swappedOut);
    const waits = full === null ? '' : `; ${Math.round(full * 100)} % of the time everything waits for memory`;
    const rates = `${mib(into ?? 0)} in${out === null ? '' : `, ${mib(out)} out`}`;
    const text = `Memory does not suffice: swap moves ${rates}${waits}.`;
    if (near && ((into ?? 0) >= MUCH || (full ?? 0) >= STALLED)) return { is: 'bad', text, inMs: null };
    return (into ?? 0) < LITTLE && (full ?? 0) < FLOWING ? GOOD : { is: 'between', text, inMs: null };
  },
};

function mib(bytesPerSecond: number): string {
  return `${(bytesPerSecond / MIB).toFixed(1)} MiB/s`;
}
