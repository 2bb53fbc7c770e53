const DAY = 86_400_000;

/** Two looks that are nearer than this tell nothing of a day. */
const LEAST_SPAN = DAY / 4;
/** What was long ago says little of the growth now. */
const MOST_SPAN = 14 * DAY;

/** Bytes a day by which a disk fills, by its free bytes now and at earlier looks; undefined where these are too few or too near. */
export function growthPerDay(
  history: readonly { readonly time: number; readonly free: number }[],
  now: number,
  free: number,
): number | undefined {
  const first = history.find(({ time }) => now - time >= LEAST_SPAN && now - time <= MOST_SPAN);
  return first === undefined ? undefined : ((first.free - free) / (now - first.time)) * DAY;
}
