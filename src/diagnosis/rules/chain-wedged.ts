import { chainLines, stateOfPart, statusRemedies } from '../chain-claim.ts';
import { recentEvidence } from '../recent-lines.ts';
import type { Rule } from '../rule.ts';
import { uncleanBefore } from '../unclean-before.ts';

/** States of a consensus client that has blocks, and a geth that does not take them. */
const STUCK: readonly string[] = ['execution-alone', 'optimistic', 'frozen'];

export const chainWedged: Rule = {
  id: 'chain.wedged',
  code: 28,
  finds: 'geth lost blocks when it was killed, and its consensus client does not get it going again',
  judge(evidence) {
    const { judged, node } = evidence;
    const beside = judged?.consensus;
    if (stateOfPart(evidence) === undefined || judged === null || beside === undefined || beside.healthy) return undefined;
    if (!STUCK.includes(beside.state.state) || judged.sync.state === 'at-head' || judged.sync.state === 'syncing') return undefined;
    const before = uncleanBefore(evidence);
    if (before.length === 0) return undefined;
    const head = judged.said?.head;
    const at = head === undefined ? '' : ` at block ${head.number}`;
    return {
      confidence: 'likely',
      meaning: `geth lost its newest blocks when it was killed and stands${at}; ${beside.client} has later ones, which geth cannot take without those between.`,
      supports: [...before, ...chainLines(evidence), ...recentEvidence(evidence, ['execution-behind', 'state-lost'])],
      doubts: [],
      remedies: [
        ...statusRemedies(evidence),
        ...(node === null
          ? []
          : [
              {
                text: 'A peer that has the blocks ends it within seconds. Where this is the only node of its chain, nobody has them any more: begin the chain anew.',
                commands: [`nodectl down ${node} --volumes`],
              },
            ]),
      ],
    };
  },
};
