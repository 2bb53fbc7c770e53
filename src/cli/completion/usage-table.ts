import type { Command } from '../command.ts';

/** What completion has to know of a command. */
export type Usage = Pick<Command<unknown, unknown>, 'arguments' | 'options'>;

/** A row of the command table, as far as completion goes. */
export interface UsageEntry {
  readonly name: string;
  readonly alias?: string | undefined;
  readonly summary: string;
  load(): Promise<Usage>;
}

/** A row as data: `dist/usage.json` is a list of them, so that a TAB need not load the code of a command. */
export type UsageRow = Pick<UsageEntry, 'name' | 'alias' | 'summary'> & Usage;

/** The rows as a table again, empty for what is no list. */
export function usageEntries(rows: unknown): readonly UsageEntry[] {
  if (!Array.isArray(rows)) return [];
  return (rows as readonly UsageRow[]).map((row) => ({ name: row.name, alias: row.alias, summary: row.summary, load: async () => row }));
}
