import { formatDuration } from '../duration.ts';

/** More than a slot: a client then takes honest blocks for early or late. The engine API refuses a key's time that is 60 s off. */
const SERIOUS_MS = 15_000;

/** How far this machine's clock is ahead of most servers', ms; undefined without samples. One server that lies does not move it. */
export function clockSkew(samples: readonly number[]): number | undefined {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? undefined : Math.round(middle);
}

/** What to tell a person of it; undefined where it does no harm. */
export function clockWarning(skewMs: number | undefined): string | undefined {
  if (skewMs === undefined || Math.abs(skewMs) < SERIOUS_MS) return undefined;
  const way = skewMs > 0 ? 'ahead of' : 'behind';
  return `this machine's clock is ${formatDuration(Math.abs(skewMs))} ${way} the clocks of the servers that were asked: set it (\`timedatectl set-ntp true\`)`;
}
