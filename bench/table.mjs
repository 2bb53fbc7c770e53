/** One line of the result: what was measured, its value, and the target that it is held to. */
export function row(what, value, unit, target) {
  return { what, value, unit, target };
}

/** The rows as text. A missed target is said; so is what could not be measured, which is never counted as met. */
export function table(rows) {
  const cells = rows.map(({ what, value, unit, target }) => [
    what,
    value === undefined ? 'not run' : `${value.toFixed(unit === 'x' ? 2 : 1)} ${unit}`,
    target === undefined ? '' : `<= ${target} ${unit}`,
    value === undefined || target === undefined ? '' : value <= target ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
