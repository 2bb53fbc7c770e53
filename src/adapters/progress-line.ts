import type { Progress } from '../ports/progress.ts';

const BAR = 24;

/** Progress as one line: with a bar and cut to the width of a terminal when `columns` is given, plain otherwise. */
export function progressLine(progress: Progress, columns: number | undefined): string {
  const { what, done, total } = progress;
  const share = total > 0 ? Math.min(1, done / total) : undefined;
  const amount = total > 0 ? `${quantity(done, progress.unit)} of ${quantity(total, progress.unit)}` : quantity(done, progress.unit);
  const percent = share === undefined ? '' : ` ${Math.floor(share * 100)}%`;
  if (columns === undefined) return `${what}:${percent} ${amount}`;
  const filled = share === undefined ? undefined : Math.round(share * BAR);
  const bar = filled === undefined ? '' : ` [${'='.repeat(filled)}${' '.repeat(BAR - filled)}]`;
  return `${what}${bar}${percent} ${amount}`.slice(0, Math.max(10, columns - 1));
}

function quantity(amount: number, unit: Progress['unit']): string {
  if (unit === 'packages') return `${amount} packages`;
  if (unit === 'seconds') return `${Math.floor(amount)} s`;
  return `${(amount / 2 ** 20).toFixed(1)} MiB`;
}
