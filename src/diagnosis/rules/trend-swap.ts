import { formatSize, MIB } from '../../node/size.ts';
import { programOf } from '../commands.ts';
import { limitLine, line } from '../evidence-lines.ts';
import { memoryRemedies } from '../memory-remedies.ts';
import type { Rule } from '../rule.ts';
import { uptimeOf } from '../running-since.ts';

/** The share of the last minute in which it waited for memory: less is ordinary with swap in use. */
const WAITS = 0.2;
const SOME_SWAP = 64 * MIB;

export const trendSwap: Rule = {
  id: 'trend.swap',
  code: 3,
  finds: 'it lives, but its memory comes back from swap all the time, so that it crawls',
  judge(evidence) {
    const { counters } = evidence;
    if (uptimeOf(evidence) === undefined || counters === null) return undefined;
    const { memoryPressure: waits, swapBytes } = counters;
    if (waits === null || waits < WAITS || (swapBytes ?? 0) < SOME_SWAP) return undefined;
    return {
      confidence: 'likely',
      meaning: `${programOf(evidence)} waits for memory ${Math.round(waits * 100)} % of the time: what it works on does not fit, and comes back from swap.`,
      supports: [
        line('cgroup memory.pressure some avg60', `${Math.round(waits * 100)} %`, counters.at),
        line('cgroup swap', formatSize(swapBytes ?? 0), counters.at),
        limitLine(evidence),
      ],
      doubts: [],
      remedies: memoryRemedies(evidence),
    };
  },
};
