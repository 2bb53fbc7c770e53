import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import type { ConsensusStatus } from '../../../src/node/consensus/consensus-status.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import type { JournalRecord } from '../../../src/ports.ts';
import { NOW } from '../../node/make-node.ts';
import { type CaseChange, END, ID, makeRunning, OTHER_ID, START, said } from '../case-factory.ts';

const verdict = (...args: Parameters<typeof makeRunning>) => judgeCase(makeRunning(...args)).verdict;
const stale = { sync: { state: 'stale', ageMs: 900_000 }, healthy: false } as const;

function beside(state: ConsensusStatus['state']): ConsensusStatus {
  const nothing = { container: null, limits: null, use: null, answersAs: null, peers: null, headSlot: null, syncDistance: 40 };
  const rest = { finalizedEpoch: null, elOffline: null, optimistic: null, restEndpoint: 'http://127.0.0.1:5052' };
  return { client: 'prysm', image: { ref: 'prysm', id: null }, state, healthy: false, ...nothing, ...rest };
}

const use = (minutesAgo: number, data: JournalRecord['data']): JournalRecord => ({
  ...{ time: NOW - minutesAgo * 60_000, kind: 'use' },
  data: { id: ID, ...data },
});

describe('a pair that stands still', () => {
  const stuck = { ...stale, consensus: beside({ state: 'optimistic', distance: 40 }) };

  test('is wedged only where geth ended without a close before', () => {
    expect(verdict(stuck).id).toBe('chain.stale');
    expect(verdict(stuck, { signed: [said('unclean-start', 'Unclean shutdown detected', START + 900)] }).id).toBe('chain.wedged');
  });

  test('is not wedged by a geth that was stopped in good order, nor by an end of its client', () => {
    const death = (name: string, exitCode: number): CaseChange => ({
      journal: [
        {
          ...{ time: END, kind: 'death' },
          data: {
            id: OTHER_ID,
            name,
            startedAt: 1,
            endedAt: START - 5000,
            exitCode,
            verdict: 'x',
            code: 22,
            confidence: 'certain',
            meaning: 'x',
          },
        },
      ],
    });
    expect(verdict(stuck, death('nodectl-dev', 137)).id).toBe('chain.wedged');
    expect(verdict(stuck, death('nodectl-dev', 0)).id).toBe('chain.stale');
    expect(verdict(stuck, death('nodectl-dev.consensus', 137)).id).toBe('chain.stale');
  });

  test('that gets on is well', () => {
    const fine = { ...beside({ state: 'following' }), healthy: true };
    expect(verdict({ consensus: fine }, { signed: [said('unclean-start', 'x', START + 900)] })).toMatchObject({ id: 'well', code: 0 });
  });
});

describe('a chain that is not followed', () => {
  test('is not told from what its log said long ago', () => {
    const old = said('no-consensus', 'Post-merge network, but no beacon client seen.', NOW - 3_600_000);
    expect(verdict(null, { signed: [old] }).id).toBe('well');
  });

  test('has a wrong clock as its first cause, where geth says so', () => {
    const clock = said('clock-off', 'System clock seems off by 1h', NOW - 60_000);
    const [first] = verdict({ sync: { state: 'looking-for-peers' }, healthy: false }, { signed: [clock] }).remedies;
    expect(first?.commands).toEqual(['timedatectl set-ntp true']);
  });

  test('is no fault of a node that has just begun to look for peers', () => {
    const young: CaseChange = { container: { startedAt: NOW - 60_000 } };
    expect(verdict({ sync: { state: 'looking-for-peers' }, healthy: true }, young).id).toBe('well');
  });
});

describe('a trend', () => {
  const full = { oomKills: 0, limitHits: 9, peakBytes: null, memoryBytes: GIB, swapBytes: 0, memoryPressure: null, at: NOW };
  const noSwap = { limits: { memory: GIB, memorySwap: GIB, nanoCpus: 0, pids: 512 } };

  test('of memory is not seen in a full cgroup alone, which caches of files fill', () => {
    expect(verdict({}, { counters: full, container: noSwap }).id).toBe('well');
    expect(verdict({}, { counters: { ...full, memoryPressure: 0.3 }, container: noSwap }).id).toBe('trend.memory');
  });

  test('of memory is seen where it reaches the limit within half an hour', () => {
    const growing = [8, 6, 4, 2, 0].map((ago) => use(ago, { memory: GIB - ago * 40 * MIB, swap: 700 * MIB }));
    expect(verdict({}, { journal: growing })).toMatchObject({ id: 'trend.memory', code: 3 });
    const steady = [8, 6, 4, 2, 0].map((ago) => use(ago, { memory: GIB, swap: 700 * MIB }));
    expect(verdict({}, { journal: steady }).id).toBe('well');
  });

  test('of a disk is not told from an hour', () => {
    const disk = { host: { diskFree: 20 * GIB, diskTotal: 80 * GIB }, container: { startedAt: NOW - 9 * 86_400_000 } };
    const falling = (minutesAgo: number) => ({ ...disk, journal: [use(minutesAgo, { diskFree: 30 * GIB })] });
    expect(verdict({}, falling(60)).id).toBe('well');
    expect(verdict({}, falling(48 * 60)).id).toBe('trend.disk');
    expect(verdict({}, { ...disk, host: { ...disk.host, diskFree: 900 * MIB } }).id).toBe('trend.disk');
  });

  test('does not hide what is wrong already', () => {
    expect(verdict(stale, { counters: { ...full, memoryPressure: 0.3 }, container: noSwap }).id).toBe('chain.stale');
  });
});
