import { programOf } from '../commands.ts';
import { endEvents, killSent } from '../end-events.ts';
import type { CaseEvidence } from '../evidence.ts';
import { exitLine, kernelLines, oomFlagLine } from '../evidence-lines.ts';
import { fatalKill, kernelDoubts, kernelSlack, kernelSource, killsInside, scopeOf } from '../kernel-kills.ts';
import { lastWords } from '../log-cause.ts';
import { raiseRemedy } from '../memory-remedies.ts';
import type { Rule } from '../rule.ts';
import { endOf, phaseOf } from '../run-phase.ts';
import type { Claim } from '../verdict.ts';

export const oomChild: Rule = {
  id: 'oom.child',
  code: 20,
  finds: 'the kernel killed another program in its container for want of memory, not the one that the container runs',
  judge(evidence) {
    const phase = phaseOf(evidence);
    if (phase !== 'running' && phase !== 'ended') return undefined;
    if (fatalKill(evidence) !== undefined) return undefined;
    const kills = killsInside(evidence);
    const kill = kills.at(-1);
    const remedies = [raiseRemedy(evidence)].filter((remedy) => remedy !== undefined);
    const shared = { doubts: kernelDoubts(evidence), remedies };
    const whose = phase === 'running' ? `${programOf(evidence)} lives on` : 'that is not how it ended';
    if (kill === undefined) return flagged(evidence, whose, remedies);
    const supports = [...kernelLines(kill, kernelSource(evidence)), oomFlagLine(evidence)];
    const limit = { own: 'the limit of the container', parent: 'the limit of a group above it', host: 'the end of the memory of the host' };
    const victim = `another program in the container (${kill.process}, process ${kill.pid})`;
    const where = limit[scopeOf(kill, evidence.container.id)];
    if (endedByIt(evidence, kill.at)) {
      const meaning = `The kernel killed ${victim} at ${where}, and the container ended of that.`;
      return { confidence: 'likely', meaning, supports: [...supports, exitLine(evidence)], ...shared };
    }
    const meaning = `The kernel killed ${victim} at ${where}; ${whose}.`;
    return { code: 3, confidence: phase === 'running' ? 'certain' : 'possible', meaning, supports, ...shared };
  },
};

/** A wrapper ends with a code of its own right after what it ran was killed. */
function endedByIt(evidence: CaseEvidence, killedAt: number): boolean {
  const end = endOf(evidence);
  if (end === undefined || end.code === null || end.code === 0 || killSent(endEvents(evidence)) !== undefined) return false;
  const told = lastWords(evidence, ['panic', 'signal', 'fatal', 'runtime-out-of-memory', 'disk-full', 'clean-end']);
  return told.length === 0 && Math.abs(end.at - killedAt) <= kernelSlack(evidence);
}

/** The engine's flag alone: of whom and when it speaks differs from engine to engine. */
function flagged(evidence: CaseEvidence, whose: string, remedies: Claim['remedies']): Claim | undefined {
  const { run, counters, engine } = evidence;
  const counted = counters !== null && (counters.oomKills ?? 0) > 0;
  if ((run.oomKilled !== true && !counted) || endOf(evidence)?.code === 137) return undefined;
  const ofEarlier = phaseOf(evidence) === 'running' && !counted && Number.parseInt(engine.serverVersion, 10) < 24;
  const meaning = ofEarlier
    ? 'The engine says that something in the container was killed for want of memory: in this run, or the one before it.'
    : `Something in the container was killed for want of memory; ${whose}.`;
  return {
    ...{ code: 3, confidence: 'possible', meaning },
    supports: [oomFlagLine(evidence)],
    doubts: kernelDoubts(evidence),
    remedies,
  };
}
