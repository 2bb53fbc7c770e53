import type { Remedy } from '../../finding.ts';
import { shellWord } from '../../host/shell-word.ts';
import { formatSize, GIB, MIB } from '../../node/size.ts';
import { commandsFor, programOf, sizeWord } from '../commands.ts';

import type { CaseEvidence } from '../evidence.ts';
import { exitLine, killCount, limitLine, line } from '../evidence-lines.ts';
import { notedUse } from '../journal-notes.ts';
import { fatalKill, kernelCovers, kernelDoubts } from '../kernel-kills.ts';
import { killedForMemory } from '../memory-kill-claim.ts';
import { presumedKill, unexplainedKill } from '../presumed-kill.ts';
import type { Rule } from '../rule.ts';
import type { EvidenceLine } from '../verdict.ts';

/** A node that may take more of the host than this leaves too little for the engine and the system. */
const SHARE_OF_HOST = 0.75;
/** A host with less of its memory left, swap included, is about to kill. */
const SHORT = 0.05;
const LOOK_BEFORE_MS = 5 * 60_000;

export const oomHost: Rule = {
  id: 'oom.host',
  code: 21,
  finds: 'the whole host had no memory left, and the kernel killed it',
  judge(evidence) {
    const meaning = `The host had no memory left, and the kernel chose ${programOf(evidence)}; its own limit was not met.`;
    const remedies = hostRemedies(evidence);
    const fatal = fatalKill(evidence);
    if (fatal !== undefined) {
      if (fatal.scope !== 'host') return undefined;
      const claim = killedForMemory(evidence, fatal);
      return { ...claim, supports: [...claim.supports, ...memoryLines(evidence)], meaning, remedies };
    }
    const { limits } = evidence.container;
    if (limits.memory <= 0 && evidence.engine.cgroupVersion === 2) {
      const presumed = presumedKill(evidence);
      if (presumed !== undefined) return { ...presumed, supports: [...presumed.supports, limitLine(evidence)], meaning, remedies };
    }
    // The engine says nothing of it on cgroup v1, and misses some on v2: what is left is a host that had next to nothing before the end.
    const short = shortBefore(evidence);
    if (!unexplainedKill(evidence) || kernelCovers(evidence) || short === undefined || evidence.run.oomKilled === true) return undefined;
    const supports = [exitLine(evidence), short, ...killCount(evidence)];
    return { confidence: 'possible', meaning, supports, doubts: kernelDoubts(evidence), remedies };
  },
};

/** That the host had next to no memory and swap left at the last look before the end. */
function shortBefore({ journal, container, run, host }: CaseEvidence): EvidenceLine | undefined {
  const end = run.endedAt ?? 0;
  const last = notedUse(journal, container.id).findLast(({ time }) => time <= end && time >= end - LOOK_BEFORE_MS);
  const total = host.memory?.total;
  if (last === undefined || last.available === null || total === undefined) return undefined;
  const left = last.available + (last.swapFree ?? 0);
  return left < SHORT * total ? line('last look at the host', `${formatSize(left)} of memory and swap left`, last.time) : undefined;
}

function memoryLines(evidence: CaseEvidence): readonly EvidenceLine[] {
  const { memory } = evidence.host;
  if (memory === null) return [];
  const text = `${formatSize(memory.total)} of memory, ${formatSize(memory.available)} available now, ${formatSize(memory.swapTotal)} of swap`;
  return [line('/proc/meminfo', text)];
}

function hostRemedies(evidence: CaseEvidence): readonly Remedy[] {
  const { host, container, node } = evidence;
  const total = host.memory?.total;
  const size = Math.max(1, Math.ceil((total ?? GIB) / GIB));
  const swap: Remedy = {
    text: 'Give the host swap, so that it need not kill.',
    commands: [`nodectl host swap add --size ${Math.min(4, size)}G`],
  };
  const fits = total === undefined ? undefined : Math.floor((total * SHARE_OF_HOST) / (256 * MIB)) * 256 * MIB;
  const most = node === null || evidence.spec === null ? container.limits.memory : evidence.spec.memory;
  if (fits === undefined || fits === 0 || (most > 0 && most <= fits)) {
    return [swap, { text: 'See what else takes the memory of this host, and lower or move it.', commands: ['nodectl doctor'] }];
  }
  const text = `Its limit ${most > 0 ? `of ${formatSize(most)} ` : ''}leaves too little of ${formatSize(total ?? 0)} to the host: limit it to ${formatSize(fits)}.`;
  const docker = `docker update --memory ${sizeWord(fits).toLowerCase()} --memory-swap -1 ${shellWord(container.name)}`;
  const limit: Remedy = { text, commands: node === null ? [docker] : commandsFor(evidence).up(`--memory ${sizeWord(fits)}`) };
  return [limit, swap];
}
