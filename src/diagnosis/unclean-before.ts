import { partNames } from '../node/names.ts';
import type { CaseEvidence } from './evidence.ts';
import { line, logLine } from './evidence-lines.ts';
import { notedDeaths } from './journal-notes.ts';
import type { EvidenceLine } from './verdict.ts';

/** That geth's run before its present one ended without closing the database; nothing where nothing tells of it. */
export function uncleanBefore(evidence: CaseEvidence): readonly EvidenceLine[] {
  const { node, role, run, journal, now } = evidence;
  const said = evidence.signed.filter(({ kind }) => kind === 'unclean-start' || kind === 'state-lost').slice(0, 2);
  const geth = node === null ? undefined : partNames(node).container;
  const died = notedDeaths(journal).findLast(({ containerName }) => containerName === geth);
  const endedAt = died?.run.endedAt ?? 0;
  // Of geth itself the end lies before its present run; its client may have run through it.
  const fits = died !== undefined && died.run.exitCode !== 0 && endedAt <= (role === 'consensus' ? now : run.startedAt + 5_000);
  return [
    ...(role === 'execution' ? said.map((words) => logLine(words, role)) : []),
    ...(fits ? [line('evidence journal', `geth ended before: ${died.meaning}`, endedAt)] : []),
  ];
}
