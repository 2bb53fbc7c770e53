import { formatSize } from '../../node/size.ts';
import { programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { line, stateLine } from '../evidence-lines.ts';
import { fatalKill } from '../kernel-kills.ts';
import { killedForMemory } from '../memory-kill-claim.ts';
import { memoryRemedies } from '../memory-remedies.ts';
import { presumedKill } from '../presumed-kill.ts';
import type { Rule } from '../rule.ts';
import { startFailure } from '../run-phase.ts';

/** What runc says where the limit is too small for the program to begin (libcontainer/process_linux.go). */
const KILLED_AT_START = /container init was OOM-killed|memory limit too low/;

export const oomLimit: Rule = {
  id: 'oom.limit',
  code: 20,
  finds: 'the kernel killed it at its own memory limit',
  judge(evidence) {
    const { limits } = evidence.container;
    const failure = startFailure(evidence);
    if (failure !== undefined && KILLED_AT_START.test(failure)) {
      const meaning = `Its memory limit of ${formatSize(limits.memory)} is too small for the program even to begin.`;
      const supports = [stateLine(evidence, 'State.Error', failure)];
      return { confidence: 'certain', meaning, supports, doubts: [], remedies: memoryRemedies(evidence) };
    }
    const fatal = fatalKill(evidence);
    const limit = fatal?.record.limitBytes ?? limits.memory;
    const at = limit > 0 && Number.isFinite(limit) ? ` of ${formatSize(limit)}` : '';
    const meaning = `${programOf(evidence)} met the memory limit of its container${at}${swapWords(evidence)}, and the kernel killed it.`;
    if (fatal !== undefined) {
      return fatal.scope === 'own' ? { ...killedForMemory(evidence, fatal), meaning, remedies: memoryRemedies(evidence) } : undefined;
    }
    const presumed = presumedKill(evidence);
    if (presumed === undefined || limits.memory <= 0) return undefined;
    const elsewhere = line('cgroup', `version ${evidence.engine.cgroupVersion}: ${otherMeaning(evidence.engine.cgroupVersion)}`);
    return { ...presumed, doubts: [...presumed.doubts, elsewhere], meaning, remedies: memoryRemedies(evidence) };
  },
};

function swapWords({ container: { limits }, host }: CaseEvidence): string {
  const { memory, memorySwap } = limits;
  if (memory <= 0 || memorySwap < 0) return '';
  if (memorySwap <= memory) return ', with no swap allowed';
  const none = host.memory?.swapTotal === 0 ? ', of which the host has none' : '';
  return ` and that of ${formatSize(memorySwap - memory)} of swap${none}`;
}

function otherMeaning(version: 1 | 2): string {
  return version === 1
    ? 'the engine says the same of a kill at the limit of a group above it, and of one of a neighbour there'
    : 'the engine says the same of a kill because the whole host had no memory left';
}
