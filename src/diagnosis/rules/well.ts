import { formatDuration } from '../../node/duration.ts';
import { chainLines } from '../chain-claim.ts';
import { programOf } from '../commands.ts';
import { line, stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { uptimeOf } from '../running-since.ts';

/** Judged last, where no other rule finds anything. */
export const well: Rule = {
  id: 'well',
  code: 0,
  finds: 'it runs, and nothing is wrong with it',
  judge(evidence) {
    const uptime = uptimeOf(evidence);
    if (uptime === undefined) return undefined;
    const { judged } = evidence;
    const sync = judged?.sync.state;
    const what = sync === undefined || sync === 'not-answering' ? '' : ` and is ${sync.replaceAll('-', ' ')}`;
    const began = sync === 'starting' || sync === 'not-answering';
    return {
      confidence: judged === null ? 'possible' : judged.healthy ? 'certain' : 'likely',
      meaning: began
        ? `${programOf(evidence)} began ${formatDuration(uptime)} ago, and does not answer yet.`
        : `${programOf(evidence)} has run for ${formatDuration(uptime)}${what}; nothing is wrong with it.`,
      supports: [stateLine(evidence, 'State.Status', evidence.container.state), ...chainLines(evidence)],
      doubts: judged === null ? [line('JSON-RPC', 'it was not asked where it stands')] : [],
      remedies: [],
    };
  },
};
