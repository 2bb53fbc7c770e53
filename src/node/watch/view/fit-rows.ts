import type { Line } from './line.ts';

/** A line with how soon it is left out: what is 0 stays the longest. */
export interface Weighed {
  readonly line: Line;
  readonly weight: number;
}

/** Parts of a screen from top to bottom; the columns of a part stand beside each other. */
export type Parts = readonly (readonly (readonly Weighed[])[])[];

/** The parts with as few lines left out as it takes for `rows`, the heaviest first, and of equal ones the last. */
export function fitRows(parts: Parts, rows: number): Parts {
  let fitted = parts;
  for (let height = heightOf(fitted); height > Math.max(1, rows); height = heightOf(fitted)) fitted = withoutHeaviest(fitted);
  return fitted;
}

function heightOf(parts: Parts): number {
  return parts.reduce((height, columns) => height + tallest(columns), 0);
}

function tallest(columns: Parts[number]): number {
  return Math.max(0, ...columns.map((column) => column.length));
}

/** Only what makes a part as tall as it is can be spared: of columns, a line of each that is the tallest. */
function withoutHeaviest(parts: Parts): Parts {
  const candidates = parts.flatMap((columns, part) =>
    columns.flatMap((column, at) =>
      column.length === tallest(columns) ? column.map(({ weight }, row) => ({ part, at, row, weight })) : [],
    ),
  );
  const worst = candidates.reduce((heaviest, candidate) => (candidate.weight >= heaviest.weight ? candidate : heaviest));
  return parts.map((columns, part) =>
    part === worst.part
      ? columns.map((column, at) => (at === worst.at ? [...column.slice(0, worst.row), ...column.slice(worst.row + 1)] : column))
      : columns,
  );
}
