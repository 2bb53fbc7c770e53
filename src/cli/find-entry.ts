/** The entry that the leading words name (`image build --force` → `image build`), the longest when several do. */
export function findEntry<Entry extends { readonly name: string; readonly alias?: string | undefined }>(
  words: readonly string[],
  table: readonly Entry[],
): Entry | undefined {
  const firstOption = words.findIndex((word) => word.startsWith('-'));
  const leading = firstOption === -1 ? words : words.slice(0, firstOption);
  let found: Entry | undefined;
  for (const entry of table) {
    const name = entry.name.split(' ');
    const matches = name.every((word, index) => leading[index] === word) || (entry.alias !== undefined && leading[0] === entry.alias);
    if (matches && (found === undefined || entry.name.length > found.name.length)) found = entry;
  }
  return found;
}
