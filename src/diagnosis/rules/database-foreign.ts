import type { Remedy } from '../../finding.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { phaseOf } from '../run-phase.ts';

export const databaseForeign: Rule = {
  id: 'database.foreign',
  code: 26,
  finds: 'its database holds another chain, or is kept in another way than it was told',
  judge(evidence) {
    const sync = evidence.judged?.sync;
    if (phaseOf(evidence) === 'running' && sync?.state === 'wrong-chain') {
      return {
        confidence: 'likely',
        meaning: `What answers at its port is on chain ${sync.chainId}, not on its own${evidence.spec === null ? '' : ` (${evidence.spec.chainId})`}.`,
        supports: [line('eth_chainId', String(sync.chainId))],
        doubts: [],
        remedies: remedies(evidence),
      };
    }
    const cause = logCause(evidence, ['database-foreign'], [1]);
    if (cause === undefined) return undefined;
    const meaning = `The volume holds another chain than ${programOf(evidence)} was told to run: ${cause.first.meaning}`;
    return { confidence: cause.confidence, meaning, supports: cause.supports, doubts: [], remedies: remedies(evidence) };
  },
};

function remedies(evidence: CaseEvidence): readonly Remedy[] {
  const { node, spec } = evidence;
  if (node === null)
    return [{ text: 'Start it with the network that the volume holds, or with another volume.', commands: [commandsFor(evidence).logs] }];
  return [
    {
      text: 'Run this network under another name, with a volume of its own; this one stays as it is.',
      commands: spec === null || spec.custom !== null ? [] : [`nodectl up --name ${node}-new --network ${spec.network}`],
    },
    { text: 'Or give up what the volume holds, for good.', commands: [`nodectl down ${node} --volumes`] },
  ];
}
