import { COMMANDS } from '../commands/index.ts';
import type { UsageRow } from './usage-table.ts';

/** Every command as data, in the order of the table: what the build writes down for `src/complete.ts`. */
export async function usageRows(): Promise<readonly UsageRow[]> {
  return Promise.all(
    COMMANDS.map(async ({ name, alias, summary, load }) => {
      const { arguments: words, options } = await load();
      return { name, ...(alias === undefined ? {} : { alias }), summary, arguments: words, options };
    }),
  );
}
