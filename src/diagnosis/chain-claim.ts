import type { Remedy } from '../finding.ts';
import { consensusNotes } from '../node/consensus/consensus-notes.ts';
import { formatDuration } from '../node/duration.ts';
import { executionNotes } from '../node/execution-notes.ts';
import type { SyncState } from '../node/sync-state.ts';
import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { recentEvidence } from './recent-lines.ts';
import { phaseOf } from './run-phase.ts';
import type { EvidenceLine } from './verdict.ts';

/** The state of the part that is judged, as it answers now; undefined where it does not run or was not asked. */
export function stateOfPart(evidence: CaseEvidence): string | undefined {
  const { judged, role } = evidence;
  if (judged === null || phaseOf(evidence) !== 'running') return undefined;
  return role === 'consensus' ? judged.consensus?.state.state : judged.sync.state;
}

/** Geth's own state where geth is what is judged. */
export function gethState(evidence: CaseEvidence): SyncState | undefined {
  return evidence.role === 'consensus' || phaseOf(evidence) !== 'running' ? undefined : evidence.judged?.sync;
}

/** What was seen of both parts: their states, head and peers. */
export function chainLines(evidence: CaseEvidence): readonly EvidenceLine[] {
  const { judged, now } = evidence;
  if (judged === null) return [];
  const { sync, consensus, said } = judged;
  const reason = 'reason' in sync && sync.reason !== null ? `: ${sync.reason}` : '';
  return [
    line(evidence.role === 'light' ? 'state of the light client' : 'state of geth', `${sync.state}${reason}`),
    ...(said?.head === undefined
      ? []
      : [
          line(
            'eth_getBlockByNumber',
            `head ${said.head.number}${said.head.time > 0 ? `, ${formatDuration(now - said.head.time)} old` : ''}`,
          ),
        ]),
    ...(said?.peers === undefined ? [] : [line('net_peerCount', String(said.peers))]),
    ...(consensus === undefined ? [] : [line(`state of ${consensus.client}`, consensus.state.state)]),
  ];
}

/** A clock that is wrong makes every head look old, and peers turn away. */
export function clockEvidence(evidence: CaseEvidence): { readonly lines: readonly EvidenceLine[]; readonly remedies: readonly Remedy[] } {
  const lines = recentEvidence(evidence, ['clock-off']);
  if (lines.length === 0) return { lines, remedies: [] };
  return { lines, remedies: [{ text: 'Set the clock of the host right.', commands: ['timedatectl set-ntp true'] }] };
}

/** What `status` says of the same state, with the commands in it. */
export function statusRemedies(evidence: CaseEvidence): readonly Remedy[] {
  const { node, judged, spec } = evidence;
  if (node === null || judged === null) return [];
  const beside = judged.consensus === undefined ? [] : consensusNotes(node, judged.consensus);
  return [...new Set([...beside, ...executionNotes(node, judged.sync, spec?.mode)])].map((text) => ({ text, commands: commandsIn(text) }));
}

/** The commands of a sentence that can be typed as they stand there. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/`((?:nodectl|docker) [^`]+)`/g)]
    .map(([, command]) => command ?? '')
    .filter((command) => !/\b[A-Z]{4,}\b/.test(command));
}
