import type { Remedy } from '../../finding.ts';
import { companyOf } from '../../node/company.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { kernelLines } from '../evidence-lines.ts';
import { kernelRecords, kernelSource } from '../kernel-kills.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

export const databaseCorrupt: Rule = {
  id: 'database.corrupt',
  code: 26,
  finds: 'its database is damaged',
  judge(evidence) {
    const cause = logCause(evidence, ['database-corrupt'], [1, 2]);
    if (cause === undefined) return undefined;
    const faults = kernelRecords(evidence, 'storage-fault').slice(-1);
    return {
      confidence: cause.confidence,
      meaning: `The database of ${programOf(evidence)} is damaged${faults.length > 0 ? ', and the kernel tells of a disk that fails' : ''}: ${cause.first.meaning}`,
      supports: [...cause.supports, ...faults.flatMap((fault) => kernelLines(fault, kernelSource(evidence)))],
      doubts: [],
      remedies: remedies(evidence),
    };
  },
};

/** What is damaged stays so; a chain that others have is fetched again. */
function remedies(evidence: CaseEvidence): readonly Remedy[] {
  const { spec, role } = evidence;
  const again: Remedy = { text: 'Start it once more: some damage is repaired at the start.', commands: [commandsFor(evidence).start] };
  const own = role === 'execution' && spec !== null && companyOf(spec, undefined) !== 'consensus';
  if (own) return [again, { text: 'This chain may be nowhere else: copy the volume before anything else is tried.', commands: [] }];
  const anew = 'If that does not help, begin anew; the chain is fetched from its peers again.';
  return [again, { text: anew, commands: anewCommands(evidence) }];
}

function anewCommands(evidence: CaseEvidence): readonly string[] {
  const { node, spec } = evidence;
  if (node === null) return [];
  const up = spec === null || spec.custom !== null ? [] : commandsFor(evidence).up(`--network ${spec.network}`);
  return [`nodectl down ${node} --volumes`, ...up];
}
