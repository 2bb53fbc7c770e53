/** The last entry of an archive: what `sha256sum --check` reads. */
export const CHECKSUM_FILE = 'SHA256SUMS';

/** One file's line. */
export function checksumLine(path: string, sha256: string): string {
  return `${sha256}  ${path}\n`;
}

/** What of an archive does not fit its own list, in words; undefined when all does. Both are whole lists, in the archive's order. */
export function checksumMismatch(told: string, counted: string): string | undefined {
  if (told === counted) return undefined;
  const [wanted, found] = [told.split('\n'), counted.split('\n')];
  const at = wanted.findIndex((line, row) => line !== found[row]);
  const [want = '', have = ''] = [wanted[at]?.slice(66), found[at]?.slice(66)];
  if (want !== '' && want === have) return `${want} was changed`;
  return want === '' ? `${have} is not in its list` : `${want} is missing`;
}
