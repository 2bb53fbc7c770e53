import { shellWord } from '../../host/shell-word.ts';
import { commandsFor, programOf } from '../commands.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

export const databaseLocked: Rule = {
  id: 'database.locked',
  code: 26,
  finds: 'another program has its database open',
  judge(evidence) {
    const cause = logCause(evidence, ['database-locked'], [1]);
    if (cause === undefined) return undefined;
    const volume = evidence.container.mounts.find(({ volume: name }) => name !== '')?.volume;
    const who = volume === undefined ? [] : [`docker ps --filter volume=${shellWord(volume)}`];
    return {
      confidence: cause.confidence,
      meaning: `Another program has the database of ${programOf(evidence)} open: two cannot share one volume.`,
      supports: cause.supports,
      doubts: [],
      remedies: [
        { text: 'See which container has the volume, and stop the one that should not.', commands: who },
        { text: 'Then start it again.', commands: [commandsFor(evidence).start] },
      ],
    };
  },
};
