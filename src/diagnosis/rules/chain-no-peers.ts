import type { Remedy } from '../../finding.ts';
import { isHealthy } from '../../node/sync-state.ts';
import { chainLines, clockEvidence, gethState, stateOfPart, statusRemedies } from '../chain-claim.ts';
import { programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { recentEvidence } from '../recent-lines.ts';
import type { Rule } from '../rule.ts';
import { uptimeOf } from '../running-since.ts';
import { chainNoConsensus } from './chain-no-consensus.ts';
import { chainWedged } from './chain-wedged.ts';

export const chainNoPeers: Rule = {
  id: 'chain.no-peers',
  code: 28,
  finds: 'it has nobody to fetch blocks from',
  judge(evidence) {
    const uptime = uptimeOf(evidence);
    if (uptime === undefined || [chainWedged, chainNoConsensus].some((rule) => rule.judge(evidence) !== undefined)) return undefined;
    const said = recentEvidence(evidence, ['no-peers']);
    if (evidence.judged === null ? said.length < 2 : !isAlone(evidence, uptime)) return undefined;
    const clock = clockEvidence(evidence);
    return {
      confidence: evidence.judged === null ? 'possible' : 'certain',
      meaning: `${programOf(evidence)} runs, but has no peer that it could fetch blocks from.`,
      supports: [...clock.lines, ...chainLines(evidence), ...said],
      doubts: [],
      remedies: [...clock.remedies, ...remedies(evidence)],
    };
  },
};

function isAlone(evidence: CaseEvidence, uptime: number): boolean {
  const { judged } = evidence;
  if (judged === null || judged.healthy) return false;
  const part = stateOfPart(evidence);
  if (evidence.role === 'consensus') return part === 'no-peers' || part === 'execution-alone';
  const sync = gethState(evidence);
  if (sync?.state === 'cut-off') return true;
  if (judged.consensus?.state.state === 'execution-alone') return sync?.state === 'stale' || sync?.state === 'looking-for-peers';
  return sync?.state === 'looking-for-peers' && !isHealthy(sync, uptime);
}

function remedies(evidence: CaseEvidence): readonly Remedy[] {
  const known = statusRemedies(evidence);
  if (known.length > 0) return known;
  const { node, spec } = evidence;
  const port = spec?.ports.p2p ?? 30303;
  const open: Remedy = {
    text: `Let it reach others: port ${port}, TCP and UDP, in the firewall of the host and of its provider.`,
    commands: [],
  };
  if (node === null) return [open];
  const add: Remedy = { text: 'Or give it a peer that you know, by its enode.', commands: [`nodectl peers ls ${node}`] };
  return spec?.custom?.private === undefined ? [open, add] : [add, open];
}
