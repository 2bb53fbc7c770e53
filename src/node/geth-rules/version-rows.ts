import { inRange } from '../geth-version.ts';

/** The versions for which a row of a table holds, both ends included; a missing end is open. */
export interface VersionRange {
  readonly since?: string;
  readonly until?: string;
}

/** The row that holds for a version; undefined where none does. The first of several wins. */
export function rowFor<Row extends VersionRange>(rows: readonly Row[], version: string): Row | undefined {
  return rows.find((row) => inRange(version, row));
}

/** `geth 1.10.0 to 1.10.13`, `geth 1.13.0 and later`, `geth up to 1.12.0`, `every geth`. */
export function rangeText({ since, until }: VersionRange): string {
  if (since === undefined) return until === undefined ? 'every geth' : `geth up to ${until}`;
  if (until === undefined) return `geth ${since} and later`;
  return since === until ? `geth ${since}` : `geth ${since} to ${until}`;
}
