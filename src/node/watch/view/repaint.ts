const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';
const HOME = '\u001b[H\u001b[2J';

/**
 * What has to be written for a screen that shows `before` to show `after`: the lines that differ; '' where none does, and all of them
 * where what it shows is not known (`undefined`). A line that a terminal finds wider than we do is cut there, not wrapped.
 */
export function repaint(before: readonly string[] | undefined, after: readonly string[]): string {
  const known = before ?? [];
  const height = Math.max(known.length, after.length);
  const differing = Array.from({ length: height }, (_, row) => ({ row, line: after[row] ?? '' })).filter(
    ({ row, line }) => line !== (known[row] ?? ''),
  );
  if (before !== undefined && differing.length === 0) return '';
  const lines = differing.map(({ row, line }) => `\u001b[${row + 1};1H\u001b[K${line}`);
  return `${NO_WRAP}${before === undefined ? HOME : ''}${lines.join('')}${WRAP}`;
}
