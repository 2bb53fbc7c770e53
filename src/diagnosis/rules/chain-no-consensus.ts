import type { Remedy } from '../../finding.ts';
import { chainLines, gethState, stateOfPart, statusRemedies } from '../chain-claim.ts';
import { commandsFor } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { recentEvidence } from '../recent-lines.ts';
import type { Rule } from '../rule.ts';
import { phaseOf } from '../run-phase.ts';
import { chainRefusesBlocks } from './chain-refuses-blocks.ts';
import { chainWedged } from './chain-wedged.ts';

/** A consensus client that cannot lead. */
const NOT_LEADING: readonly string[] = ['missing', 'not-started', 'stopped', 'dead', 'paused', 'restarting'];
/** One that runs, and does not get through to geth. */
const CUT_OFF: readonly string[] = ['execution-offline', 'not-authenticated'];

const WITHOUT_HEAD: readonly string[] = ['starting', 'looking-for-peers', 'stale'];

export const chainNoConsensus: Rule = {
  id: 'chain.no-consensus',
  code: 28,
  finds: 'no consensus client tells geth its head: none is there, it does not run, or it does not get through',
  judge(evidence) {
    if (phaseOf(evidence) !== 'running' || [chainRefusesBlocks, chainWedged].some((rule) => rule.judge(evidence) !== undefined))
      return undefined;
    const unsure = evidence.judged === null || isStrangers(evidence);
    const meaning = unsure ? byLines(evidence) : (byState(evidence) ?? (hasNobody(evidence) ? byLines(evidence) : undefined));
    if (meaning === undefined) return undefined;
    const said = recentEvidence(evidence, ['no-consensus', 'execution-away', 'execution-refuses-key']);
    return {
      confidence: unsure ? 'likely' : 'certain',
      meaning,
      supports: [...chainLines(evidence), ...said],
      doubts: [],
      remedies: remedies(evidence),
    };
  },
};

/** A geth without a head that nodectl did not make: nobody knows who is to lead it, but it says itself that nobody does. */
function isStrangers(evidence: CaseEvidence): boolean {
  const state = gethState(evidence)?.state;
  return evidence.node === null && state !== undefined && WITHOUT_HEAD.includes(state);
}

/** A node that was made without anybody to lead it: what geth says of that is no matter of a client that comes up slowly. */
function hasNobody(evidence: CaseEvidence): boolean {
  const state = gethState(evidence)?.state;
  return evidence.spec !== null && evidence.spec.consensus === null && state !== undefined && WITHOUT_HEAD.includes(state);
}

function byState(evidence: CaseEvidence): string | undefined {
  const part = stateOfPart(evidence);
  if (evidence.role === 'consensus') {
    if (part === 'not-authenticated') return 'It runs, but geth refuses its key, so that geth gets no new head.';
    return part === 'execution-offline' ? 'It runs, but does not reach geth, so that geth gets no new head.' : undefined;
  }
  const sync = gethState(evidence);
  const beside = evidence.judged?.consensus;
  const unled = beside !== undefined && [...NOT_LEADING, ...CUT_OFF].includes(beside.state.state) ? beside : undefined;
  if (sync?.state === 'waiting-for-consensus') {
    if (evidence.judged?.healthy === true) return undefined;
    return `geth runs, but nobody tells it the head of its chain${sync.reason === null ? '' : `: ${sync.reason}`}.`;
  }
  if (unled === undefined || (sync?.state !== 'stale' && sync?.state !== 'looking-for-peers')) return undefined;
  return `geth runs, but nobody tells it the head of its chain: ${unled.client} is ${unled.state.state.replaceAll('-', ' ')}.`;
}

/** Of a geth that was not asked, or has no port for it. */
function byLines(evidence: CaseEvidence): string | undefined {
  const said = recentEvidence(evidence, ['no-consensus']);
  return said.length === 0 ? undefined : 'geth runs, and says that no consensus client tells it the head of its chain.';
}

function remedies(evidence: CaseEvidence): readonly Remedy[] {
  const known = statusRemedies(evidence);
  if (known.length > 0) return known;
  const { node, spec } = evidence;
  if (node === null) {
    return [
      { text: 'Run a consensus client beside it, which shares its key (--authrpc.jwtsecret) and reaches its port 8551.', commands: [] },
    ];
  }
  if (spec?.consensus?.kind === 'external') {
    return [
      {
        text: 'Start your consensus client, and see that it uses the address and key of this node.',
        commands: [`nodectl inspect ${node}`],
      },
    ];
  }
  return [{ text: 'Run a consensus client beside it.', commands: commandsFor(evidence).up('--consensus lighthouse') }];
}
