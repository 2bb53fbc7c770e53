import { formatDuration } from '../../node/duration.ts';
import { GIB } from '../../node/size.ts';
import { diskLines } from '../disk-evidence.ts';
import { diskRemedies } from '../disk-remedies.ts';
import type { CaseEvidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import { recentEvidence } from '../recent-lines.ts';
import type { Rule } from '../rule.ts';
import { uptimeOf, usesOf } from '../running-since.ts';

/** Geth ends itself at 512 MiB and less; half a compaction takes more. */
const LITTLE = GIB;
const WEEK_MS = 7 * 24 * 3_600_000;
/** Compactions give back what they took: what was looked at for less says nothing. */
const LONG_LOOK = 6 * 3_600_000;

export const trendDisk: Rule = {
  id: 'trend.disk',
  code: 3,
  finds: 'it lives, but its disk is nearly full, or will be within days',
  judge(evidence) {
    if (uptimeOf(evidence) === undefined) return undefined;
    const said = evidence.role === 'execution' ? recentEvidence(evidence, ['disk-running-low', 'disk-low', 'disk-full']) : [];
    const { diskFree } = evidence.host;
    const little = diskFree !== null && diskFree < LITTLE;
    const inMs = daysLeft(evidence);
    if (said.length === 0 && !little && inMs === undefined) return undefined;
    const when = inMs === undefined ? 'is nearly full' : `is full in ${formatDuration(inMs)} at the present pace`;
    return {
      confidence: said.length > 0 || little ? 'certain' : 'likely',
      meaning: `The disk of its volume ${when}; geth ends itself before that.`,
      supports: [
        ...said,
        ...diskLines(evidence),
        ...(inMs === undefined ? [] : [line('evidence journal', 'free space falls from look to look')]),
      ],
      doubts: [],
      remedies: diskRemedies(evidence),
    };
  },
};

/** Until nothing is left, by what was free at the first look and is now; undefined where that is more than a week, or not known. */
function daysLeft(evidence: CaseEvidence): number | undefined {
  const { diskFree, diskTotal } = evidence.host;
  if (diskFree === null) return undefined;
  const own = usesOf(evidence).flatMap(({ time, diskFree: free }) => (free === null ? [] : [{ time, free }]));
  const disk = evidence.journal.flatMap(({ time, kind, data }) => {
    const same = kind === 'disk' && data.total === diskTotal && time >= evidence.run.startedAt;
    return same && typeof data.free === 'number' ? [{ time, free: data.free }] : [];
  });
  const [first] = [...own, ...disk].filter(({ time }) => evidence.now - time <= WEEK_MS).sort((a, b) => a.time - b.time);
  if (first === undefined || evidence.now - first.time < LONG_LOOK || first.free <= diskFree) return undefined;
  const inMs = diskFree / ((first.free - diskFree) / (evidence.now - first.time));
  return inMs <= WEEK_MS ? Math.round(inMs) : undefined;
}
