import { endEvents, eventDoubts, killSent } from './end-events.ts';
import { engineRestart } from './engine-gone.ts';
import type { CaseEvidence } from './evidence.ts';
import { eventLine, exitLine, line, oomFlagLine } from './evidence-lines.ts';
import { fatalKill, kernelCovers, kernelDoubts, kernelSource } from './kernel-kills.ts';
import { endOf } from './run-phase.ts';
import type { Claim, EvidenceLine } from './verdict.ts';

/** The engine tells a kill for want of memory right before the end; an earlier one was of another program in the container. */
const OOM_EVENT_MS = 5_000;
/** A last look this near to the limits says that memory was what it lacked. */
const NEARLY_FULL = 0.9;
const LOOK_BEFORE_MS = 5 * 60_000;

/** An end by SIGKILL that neither the kernel's log nor an event of the engine explains. */
export function unexplainedKill(evidence: CaseEvidence): boolean {
  return endOf(evidence)?.code === 137 && fatalKill(evidence) === undefined && killSent(endEvents(evidence)) === undefined;
}

/**
 * A kill for want of memory that the kernel's log does not show, by what else speaks for it. The engine's flag alone makes it possible,
 * no more: likely takes a second witness, and a kernel log that could not be read.
 */
export function presumedKill(evidence: CaseEvidence): Pick<Claim, 'confidence' | 'supports' | 'doubts'> | undefined {
  const end = endOf(evidence);
  if (end === undefined || !unexplainedKill(evidence)) return undefined;
  const { run, counters } = evidence;
  const events = endEvents(evidence);
  const seen = events.oom !== undefined && Math.abs(end.at - events.oom.time) <= OOM_EVENT_MS ? [eventLine(events.oom)] : [];
  const counted = (counters?.oomKills ?? 0) > 0 ? [line('cgroup memory.events oom_kill', String(counters?.oomKills), counters?.at)] : [];
  const witnesses: readonly EvidenceLine[] = [...seen, ...counted, ...nearlyFull(evidence)];
  if (run.oomKilled !== true && witnesses.length === 0) return undefined;
  if (run.oomKilled === false && seen.length + counted.length === 0 && kernelCovers(evidence)) return undefined;
  const flag = run.oomKilled === true ? [oomFlagLine(evidence)] : [];
  const silent = kernelCovers(evidence);
  const confidence = flag.length + witnesses.length > 1 && !silent && engineRestart(evidence) === undefined ? 'likely' : 'possible';
  return {
    confidence,
    supports: [exitLine(evidence), ...flag, ...witnesses],
    doubts: [
      ...(run.oomKilled === false ? [oomFlagLine(evidence)] : []),
      ...(silent ? [line(kernelSource(evidence), 'it was read, and has no line of such a kill')] : kernelDoubts(evidence)),
      ...eventDoubts(evidence, events),
    ],
  };
}

/** What the last look before the end saw of its memory, where that was nearly all it may have. */
function nearlyFull({ container, counters, run }: CaseEvidence): readonly EvidenceLine[] {
  const { memory, memorySwap } = container.limits;
  if (counters === null || memory <= 0 || memorySwap < 0 || run.endedAt === null) return [];
  if (counters.memoryBytes === null || run.endedAt - counters.at > LOOK_BEFORE_MS) return [];
  const used = counters.memoryBytes + (counters.swapBytes ?? 0);
  return used >= NEARLY_FULL * Math.max(memory, memorySwap)
    ? [line('last look at its memory', `${used} of ${memorySwap} bytes`, counters.at)]
    : [];
}
