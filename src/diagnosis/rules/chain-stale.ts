import { formatDuration } from '../../node/duration.ts';
import { chainLines, clockEvidence, gethState, stateOfPart, statusRemedies } from '../chain-claim.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { phaseOf } from '../run-phase.ts';
import { chainNoConsensus } from './chain-no-consensus.ts';
import { chainNoPeers } from './chain-no-peers.ts';
import { chainRefusesBlocks } from './chain-refuses-blocks.ts';
import { chainWedged } from './chain-wedged.ts';

const FIRST: readonly Rule[] = [chainWedged, chainRefusesBlocks, chainNoConsensus, chainNoPeers];

export const chainStale: Rule = {
  id: 'chain.stale',
  code: 28,
  finds: 'its head does not move, or its sync does not get on, though it has peers and is told of a head',
  judge(evidence) {
    if (phaseOf(evidence) !== 'running' || FIRST.some((rule) => rule.judge(evidence) !== undefined)) return undefined;
    const what = whatStands(evidence);
    if (what === undefined) return undefined;
    const clock = clockEvidence(evidence);
    const known = statusRemedies(evidence);
    return {
      confidence: clock.lines.length > 0 ? 'likely' : 'certain',
      meaning: `${programOf(evidence)} runs, but does not follow its chain: ${what}.`,
      supports: [...clock.lines, ...chainLines(evidence)],
      doubts: [],
      remedies: [
        ...clock.remedies,
        ...(known.length > 0
          ? known
          : [{ text: 'See what it says, and what it lacks.', commands: [commandsFor(evidence).logs, 'nodectl doctor'] }]),
      ],
    };
  },
};

function whatStands(evidence: CaseEvidence): string | undefined {
  if (evidence.role === 'consensus') {
    const state = evidence.judged?.consensus;
    if (state === undefined || state.healthy) return undefined;
    if (state.state.state === 'not-answering') return `it does not answer (${state.state.reason})`;
    return ['frozen', 'optimistic'].includes(stateOfPart(evidence) ?? '')
      ? `its head is ${state.syncDistance ?? 'many'} slots behind`
      : undefined;
  }
  const sync = gethState(evidence);
  if (sync?.state === 'stale') return evidence.judged?.healthy === true ? undefined : `its head is ${formatDuration(sync.ageMs)} old`;
  return sync?.state === 'stalled' ? `its sync has stood for ${formatDuration(sync.forMs)}: ${sync.reason}` : undefined;
}
