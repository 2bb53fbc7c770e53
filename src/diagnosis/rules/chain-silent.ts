import { START_GRACE } from '../../node/sync-state.ts';
import { chainLines, gethState } from '../chain-claim.ts';
import { commandsFor, programOf } from '../commands.ts';
import { limitLine } from '../evidence-lines.ts';
import { memoryRemedies } from '../memory-remedies.ts';
import { nearLimit } from '../near-limit.ts';
import type { Rule } from '../rule.ts';
import { uptimeOf } from '../running-since.ts';

export const chainSilent: Rule = {
  id: 'chain.silent',
  code: 28,
  finds: 'it runs, but does not answer',
  judge(evidence) {
    const sync = gethState(evidence);
    // After a restart it takes as long as after any other start.
    if (sync?.state !== 'not-answering' || (uptimeOf(evidence) ?? 0) < START_GRACE) return undefined;
    const full = nearLimit(evidence);
    return {
      confidence: 'certain',
      meaning: `${programOf(evidence)} runs, but does not answer (${sync.reason})${full === undefined ? '' : ': it has no memory left to work with'}.`,
      supports: [...chainLines(evidence), ...(full === undefined ? [] : [full, limitLine(evidence)])],
      doubts: [],
      remedies: [
        ...(full === undefined ? [] : memoryRemedies(evidence)),
        { text: 'See what it does.', commands: [commandsFor(evidence).logs] },
      ],
    };
  },
};
