import { formatSize } from '../../node/size.ts';
import { programOf } from '../commands.ts';
import { line, stateLine } from '../evidence-lines.ts';
import { logCause } from '../log-cause.ts';
import { raiseRemedy } from '../memory-remedies.ts';
import type { Rule } from '../rule.ts';

export const crashMemory: Rule = {
  id: 'crash.memory',
  code: 23,
  finds: 'the system refused it memory or a thread, and the Go runtime gave up',
  judge(evidence) {
    const cause = logCause(evidence, ['runtime-out-of-memory', 'no-threads'], [1, 2]);
    if (cause === undefined) return undefined;
    const { limits } = evidence.container;
    const { memory } = evidence.host;
    const threads = cause.first.kind === 'no-threads';
    const host =
      memory === null
        ? []
        : [line('/proc/meminfo', `${formatSize(memory.available)} available now, ${formatSize(memory.swapFree)} of swap free`)];
    const what = threads ? 'a further thread' : 'memory';
    const raise = raiseRemedy(evidence);
    return {
      confidence: cause.confidence,
      meaning: `The system refused ${programOf(evidence)} ${what}, and the Go runtime ended it; the kernel killed nothing.`,
      supports: [...cause.supports, ...(threads ? [stateLine(evidence, 'HostConfig.PidsLimit', limits.pids)] : host)],
      doubts: [],
      remedies: threads
        ? [
            {
              text: 'Allow its container more processes; threads count as such.',
              commands: evidence.node === null ? [`docker update --pids-limit 4096 ${evidence.container.name}`] : [],
            },
          ]
        : [
            {
              text: 'See whether the host promises no more memory than it has (vm.overcommit_memory 2), or limits addresses (ulimit -v).',
              commands: ['sysctl vm.overcommit_memory', 'nodectl doctor'],
            },
            ...(raise === undefined ? [] : [raise]),
          ],
    };
  },
};
