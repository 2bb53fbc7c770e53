/** Days until a disk is full by its growth. */
const SOON = 3;
const FORESEEABLE = 14;

/** How bad it is that something is full in so many days; undefined where that is far away. */
export function urgency(days: number): 'warn' | 'fail' | undefined {
  if (days >= FORESEEABLE) return undefined;
  return days < SOON ? 'fail' : 'warn';
}
