import type { Style } from './style.ts';

/** Rows under bold titles, columns aligned by spaces. */
export function textTable(titles: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [style.paint('bold', line(titles)), ...rows.map(line)].join('\n');
}
