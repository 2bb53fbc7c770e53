import { NEWEST_KNOWN } from '../../node/geth-rules/known-versions.ts';
import { chainLines, gethState, statusRemedies } from '../chain-claim.ts';
import { commandsFor } from '../commands.ts';
import { recentEvidence } from '../recent-lines.ts';
import type { Rule } from '../rule.ts';
import { phaseOf } from '../run-phase.ts';

export const chainRefusesBlocks: Rule = {
  id: 'chain.refuses-blocks',
  code: 28,
  finds: 'geth holds the blocks that it is given for invalid: an old version, or a sync that went wrong',
  judge(evidence) {
    if (evidence.role !== 'execution' || phaseOf(evidence) !== 'running') return undefined;
    const state = gethState(evidence)?.state;
    const bad = recentEvidence(evidence, ['bad-block']);
    const stands = state === undefined || ['refuses-blocks', 'stale', 'stalled', 'waiting-for-consensus'].includes(state);
    if (!stands || (state !== 'refuses-blocks' && bad.length === 0)) return undefined;
    const version = evidence.gethVersion === null ? 'geth' : `geth ${evidence.gethVersion}`;
    const known = statusRemedies(evidence);
    const newer = {
      text: 'Its version may lack a fork of the network: use a newer one.',
      commands: evidence.node === null ? [] : commandsFor(evidence).up(`--geth-version ${NEWEST_KNOWN}`),
    };
    return {
      confidence: state === 'refuses-blocks' ? 'certain' : 'likely',
      meaning: `${version} holds the blocks that it is given for invalid, and stands still.`,
      supports: [...bad, ...chainLines(evidence)],
      doubts: [],
      remedies: known.length > 0 ? known : [newer],
    };
  },
};
