import { formatDuration } from '../../node/duration.ts';
import { formatSize } from '../../node/size.ts';
import { lookedFor, msToNothing } from '../../node/watch/windows.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { limitLine, line } from '../evidence-lines.ts';
import { memoryRemedies } from '../memory-remedies.ts';
import { nearLimit } from '../near-limit.ts';
import type { Rule } from '../rule.ts';
import { usesOf } from '../running-since.ts';

/** A node that only warms up grows too: what counts is the last quarter, and the next half hour. */
const SHARE = 0.25;
const SOON_MS = 30 * 60_000;
const SPAN_MS = 10 * 60_000;
const LONG_LOOK = 3 * 60_000;

export const trendMemory: Rule = {
  id: 'trend.memory',
  code: 3,
  finds: 'it lives, but nears the limit of its memory and swap, where the kernel kills',
  judge(evidence) {
    const near = nearLimit(evidence);
    const slope = slopeTo(evidence);
    if (near === undefined && slope === undefined) return undefined;
    const left = slope === undefined ? 'has next to nothing left' : `reaches them in ${formatDuration(slope.inMs)} at its present pace`;
    return {
      confidence: near === undefined ? 'possible' : 'likely',
      meaning: `${programOf(evidence)} nears its limits of memory and swap: it ${left}.`,
      supports: [
        ...(near === undefined ? [] : [near]),
        ...(slope === undefined ? [] : [line('evidence journal', slope.text)]),
        limitLine(evidence),
      ],
      doubts: [],
      remedies: [...memoryRemedies(evidence), { text: 'Watch it.', commands: watch(evidence) }],
    };
  },
};

function slopeTo(evidence: CaseEvidence): { readonly inMs: number; readonly text: string } | undefined {
  const { limits } = evidence.container;
  const whole = Math.max(limits.memory, limits.memorySwap);
  if (limits.memory <= 0 || limits.memorySwap < 0) return undefined;
  const points = usesOf(evidence)
    .filter(({ time, memory }) => memory !== null && evidence.now - time <= SPAN_MS)
    .map(({ time, memory, swap }) => ({ time, value: whole - (memory ?? 0) - (swap ?? 0) }));
  const room = points.at(-1)?.value ?? Number.POSITIVE_INFINITY;
  const inMs = msToNothing(points);
  if (inMs === null || inMs > SOON_MS || room > SHARE * whole || lookedFor(points) < LONG_LOOK) return undefined;
  return { inMs, text: `${formatSize(Math.max(0, room))} of ${formatSize(whole)} are left after ${points.length} looks` };
}

function watch(evidence: CaseEvidence): readonly string[] {
  return evidence.node === null ? [commandsFor(evidence).logs] : [`nodectl watch ${evidence.node}`];
}
