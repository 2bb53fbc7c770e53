import { expect, test } from 'vitest';
import type { CaseEvidence } from '../../src/diagnosis/evidence.ts';
import { firstCauseFirst } from '../../src/diagnosis/order-cases.ts';
import type { Verdict, VerdictCode } from '../../src/diagnosis/verdict.ts';
import { NOW } from '../node/make-node.ts';
import { makeCase } from './case-factory.ts';

function one(id: string, code: VerdictCode, change: Parameters<typeof makeCase>[0]): { evidence: CaseEvidence; verdict: Verdict } {
  const verdict: Verdict = { id, code, confidence: 'certain', meaning: '', supports: [], doubts: [], remedies: [] };
  return { evidence: makeCase(change), verdict };
}

const ended = (id: string, code: VerdictCode, at: number) => one(id, code, { container: { state: 'exited', finishedAt: at } });
const running = (id: string, code: VerdictCode, startedAt: number) => one(id, code, { container: { state: 'running', startedAt } });
const ids = (...cases: Parameters<typeof firstCauseFirst>[0][number][]) => firstCauseFirst(cases).map(({ verdict }) => verdict.id);

const HOUR = 3_600_000;

test('what is down comes before what waits for it, whichever part it is', () => {
  expect(ids(running('chain.no-consensus', 28, NOW - HOUR), ended('oom.limit', 20, NOW - 60_000))).toEqual([
    'oom.limit',
    'chain.no-consensus',
  ]);
});

test('of two that are down, the one that ended first comes first', () => {
  expect(ids(ended('crash.panic', 23, NOW - 1_000), ended('oom.limit', 20, NOW - 2_000))).toEqual(['oom.limit', 'crash.panic']);
});

test('an end comes before what is ill soon after it, and behind what has been ill for long', () => {
  const before = (at: number) => ({ ...one('oom.limit', 20, { present: false, run: { endedAt: at } }) });
  expect(ids(running('chain.stale', 28, NOW - 30_000), before(NOW - 31_000))).toEqual(['oom.limit', 'chain.stale']);
  expect(ids(before(NOW - 3 * HOUR), running('chain.stale', 28, NOW - 2 * HOUR))).toEqual(['chain.stale', 'oom.limit']);
});

test('an end comes before what only heads for trouble, and what is well is last', () => {
  const before = one('oom.limit', 20, { present: false });
  expect(ids(running('well', 0, NOW - HOUR), running('trend.memory', 3, NOW - HOUR), before)).toEqual([
    ...['oom.limit', 'trend.memory', 'well'],
  ]);
});
