import { describe, expect, test } from 'vitest';
import { type JudgedEnd, tellHistory } from '../../src/diagnosis/history.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function end(hoursAgo: number, uptimeMs: number, over: Partial<JudgedEnd> = {}): JudgedEnd {
  const endedAt = NOW - hoursAgo * HOUR;
  const run = { startedAt: endedAt - uptimeMs, endedAt, exitCode: 137, oomKilled: true, pid: null };
  return { container: 'nodectl-dev', run, verdict: 'oom.limit', code: 20, confidence: 'certain', meaning: 'It had no memory.', ...over };
}

const summary = (...ends: readonly JudgedEnd[]) => tellHistory(ends, NOW - DAY, NOW).summary;

describe('the history of a node', () => {
  test('counts its deaths with what they have in common and how long it lived', () => {
    const ends = [end(20, 4 * HOUR), end(15, 5 * HOUR), end(9, 5 * HOUR + 20 * 60_000), end(3, 6 * HOUR)];
    expect(summary(...ends)).toBe('4 deaths in 1d, all at the memory limit, median uptime 5h 10m');
  });

  test('tells each cause with its count, the most frequent first', () => {
    const killed = end(2, HOUR, { verdict: 'kill.engine', code: 22 });
    expect(summary(killed, end(5, HOUR), end(7, HOUR))).toBe(
      '3 deaths in 1d, 2 at the memory limit, 1 by a kill from outside, median uptime 1h',
    );
    expect(tellHistory([killed, end(5, HOUR), end(7, HOUR)], NOW - DAY, NOW).counts).toEqual({ 'oom.limit': 2, 'kill.engine': 1 });
  });

  test('leaves out what was before, and what somebody asked for', () => {
    expect(summary(end(25, HOUR), end(1, HOUR, { verdict: 'end.asked', code: 0 }))).toBe('no death in 1d');
    expect(summary(end(1, 90_000))).toBe('1 death in 1d, at the memory limit, uptime 1m 30s');
  });

  test('tells no uptime where no beginning is known', () => {
    const begun = end(1, HOUR);
    const { medianUptimeMs } = tellHistory([{ ...begun, run: { ...begun.run, startedAt: 0 } }], NOW - DAY, NOW);
    expect(medianUptimeMs).toBeNull();
  });
});
