import { formatDuration } from '../../duration.ts';
import { formatSize } from '../../size.ts';
import { lookedFor, msToNothing } from '../windows.ts';
import { GOOD, UNKNOWN, type WarningRow } from './warning-row.ts';

/** Raised within the first, cleared beyond the second. */
const SOON_MS = 30 * 60_000;
const LATER_MS = 60 * 60_000;
/** Shares of memory and swap that are left: a node that grows far from its limits only warms up, one that has so little left is near whatever its slope. */
const MUCH = 0.3;
const SOME = 0.25;
const LITTLE = 0.05;
const NOT_SO_LITTLE = 0.08;

/** A heap grows until its next collection; a slope of less time says nothing. */
const LONG_LOOK = 3 * 60_000;

/** Memory and swap together head for their limits, where the kernel kills. */
export const memoryLimit: WarningRow = {
  kind: 'memory-limit',
  raiseAfterMs: 20_000,
  clearAfterMs: 60_000,
  judge({ status, windows }) {
    const { memoryBytes, swapBytes } = status.limits;
    if (status.container.state !== 'running' || memoryBytes === null) return GOOD;
    const room = windows.room.at(-1)?.value;
    if (room === undefined) return UNKNOWN;
    const whole = memoryBytes + (swapBytes ?? 0);
    const share = room / whole;
    const inMs = lookedFor(windows.room) >= LONG_LOOK ? msToNothing(windows.room) : null;
    const left = `${formatSize(room)} of ${formatSize(whole)} are left`;
    const text =
      inMs === null
        ? `Memory and swap are near their limits: ${left}.`
        : `Memory and swap reach their limits in ${formatDuration(inMs)} at the present slope: ${left}.`;
    if (share < LITTLE || (share < SOME && inMs !== null && inMs <= SOON_MS)) return { is: 'bad', text, inMs };
    if (share >= MUCH || (share >= NOT_SO_LITTLE && (inMs === null || inMs > LATER_MS))) return GOOD;
    return { is: 'between', text, inMs };
  },
};
