import type { CommandEntry } from './command.ts';

/** The entry that the leading words name (`image build --force` → `image build`), the longest when several do. */
export function findEntry(words: readonly string[], table: readonly CommandEntry[]): CommandEntry | undefined {
  const firstOption = words.findIndex((word) => word.startsWith('-'));
  const leading = firstOption === -1 ? words : words.slice(0, firstOption);
  let found: CommandEntry | undefined;
  for (const entry of table) {
    const name = entry.name.split(' ');
    const matches = name.every((word, index) => leading[index] === word);
    if (matches && (found === undefined || entry.name.length > found.name.length)) found = entry;
  }
  return found;
}
