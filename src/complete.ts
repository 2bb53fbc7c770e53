import { completionSources } from './adapters/completion-sources.ts';
import { output } from './adapters/output.ts';
import { completionAnswer } from './cli/completion/answer.ts';
import { usageEntries } from './cli/completion/usage-table.ts';

/**
 * Answers a shell at a TAB: words alone, and no error whatever happens. An entry and a composition root of its own, since to load what
 * the commands need would take longer than all that is done here; it knows the commands by what the build wrote down of them.
 */
export async function complete(words: readonly string[], installFolder: string): Promise<void> {
  let isLate = false;
  const sources = completionSources(process.env, installFolder, () => {
    isLate = true;
  });
  const answer = await completionAnswer(words, sources, usageEntries(sources.usage())).catch(() => '');
  output(1, () => {}).write(answer);
  if (isLate) process.exit();
}
