import { NEWEST_LIGHT } from '../../node/geth-rules/light-rules.ts';
import { wordsOf } from '../../node/geth-rules/sync-mode-words.ts';
import { commandsFor } from '../commands.ts';
import { flagValue } from '../geth-memory-words.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

export const refusedMode: Rule = {
  id: 'refused.mode',
  code: 24,
  finds: 'it was given a sync mode that this version does not have',
  judge(evidence) {
    const cause = logCause(evidence, ['bad-sync-mode'], [1, 2]);
    if (cause === undefined) return undefined;
    const { gethVersion, container, node } = evidence;
    const asked = flagValue(container.args, 'syncmode');
    const words = gethVersion === null ? ['snap', 'full'] : wordsOf(gethVersion);
    const light = asked === 'light' ? `; its own light mode ended with ${NEWEST_LIGHT}, and only private chains have servers for it` : '';
    return {
      confidence: cause.confidence,
      meaning: `${gethVersion === null ? 'This geth' : `geth ${gethVersion}`} has no sync mode ${asked === undefined ? 'of that name' : `"${asked}"`}${light}.`,
      supports: cause.supports,
      doubts: [],
      remedies: [
        {
          text: `It has: ${words.join(', ')}.`,
          commands: node === null ? [] : commandsFor(evidence).up(`--syncmode ${words[0] ?? 'snap'}`),
        },
        ...(asked === 'light'
          ? [
              {
                text: 'For little memory and disk let nodectl run a verified light client.',
                commands: ['nodectl up --network mainnet --syncmode light --dry-run'],
              },
            ]
          : []),
      ],
    };
  },
};
