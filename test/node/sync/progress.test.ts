import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRpcFacts, STATUS_CALLS, SYNC_COUNTERS, type SyncProgress } from '../../../src/node/rpc-facts.ts';
import { leadingPhase, type Progress, phasesOf, withLogged } from '../../../src/node/sync/progress.ts';
import { isHealthy, judgeSync } from '../../../src/node/sync-state.ts';
import { ETH_SYNCING } from '../../fixtures/eth-syncing.ts';

const RUNNING = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;
const GENESIS = { number: '0x0', hash: '0xab', timestamp: '0x0' };

const read = (syncing: unknown, head: unknown = GENESIS, peers: unknown = '0x8') =>
  readRpcFacts(STATUS_CALLS.map((_call, at) => ({ result: [syncing, head, peers, 'Geth', '0x1', null, null][at] })));
const syncingOf = (value: unknown): SyncProgress => {
  const { syncing } = read(value);
  if (!syncing) throw new Error('no progress was read');
  return syncing;
};
const sync = (counters: SyncProgress['counters'], current = 1_000, highest = 1_064): SyncProgress => ({
  current,
  highest,
  indexing: 0,
  counters,
});
const judge = (value: unknown, head?: unknown, peers?: unknown) =>
  judgeSync({ container: RUNNING, uptimeMs: 3.6e6, now: 1.8e12, company: 'consensus', chainId: 1, rpc: read(value, head, peers) });

describe.each(ETH_SYNCING)('the eth_syncing object of %s', (_name, value, phase, pending) => {
  test('means its phase, with what is pending in it', () => {
    const state = judge(value);
    if (phase === undefined) expect(state.state).not.toBe('syncing');
    else expect(state).toMatchObject({ state: 'syncing', phase, pending });
  });

  test('is carried with every number in it that geth tells', () => {
    const { counters } = syncingOf(value);
    const told = SYNC_COUNTERS.filter((name) => /^0x/.test(String((value as Record<string, unknown>)[name])));
    expect(Object.keys(counters)).toEqual(told);
  });
});

describe('the phase that a sync is in', () => {
  test('is the chain while that is far from the head, whatever the state does beside it', () => {
    expect(leadingPhase(phasesOf(sync({ syncedAccounts: 9 }, 10, 90_000), 0))?.phase).toBe('chain');
    expect(leadingPhase(phasesOf(sync({ syncedAccounts: 9 }, 89_000, 90_000), 0))?.phase).toBe('chain');
  });

  test('is not one of an earlier snap sync, whose counters remain: outside of one the latest block is the current one', () => {
    const counters = { syncedAccounts: 9, healedTrienodes: 5, healingTrienodes: 0 };
    expect(leadingPhase(phasesOf(sync(counters), 1_000))?.phase).toBe('chain');
    expect(leadingPhase(phasesOf(sync(counters), 0))?.phase).toBe('state');
  });

  test('is never told as more than whole, whatever the numbers are', () => {
    const counters = { syncedAccessLists: 70, totalAccessLists: 64 };
    expect(leadingPhase(phasesOf(sync(counters), 0))).toMatchObject({ phase: 'state', fraction: 1 });
    expect(leadingPhase(phasesOf(sync({ trieGenProgress: 255 }), 0))).toMatchObject({ phase: 'state', fraction: 1 });
  });

  test('tells of everything that goes on beside it', () => {
    const all = { ...sync({ healingTrienodes: 5, txIndexFinishedBlocks: 3, txIndexRemainingBlocks: 7 }), indexing: 7 };
    expect(phasesOf(all, 0).map(({ phase, fraction }) => [phase, fraction])).toEqual([
      ['chain', 1_000 / 1_064],
      ['healing', null],
      ['indexing', 0.3],
    ]);
  });

  test('has no whole where nobody knows it, and the log of geth tells it for the state', () => {
    const [, state] = phasesOf(sync({ syncedAccounts: 9 }), 0);
    expect(state).toMatchObject({ phase: 'state', done: 9, total: null, fraction: null });
    expect(withLogged(state as Progress, { phase: 'state', fraction: 0.25 }).fraction).toBe(0.25);
    expect(withLogged(state as Progress, { phase: 'headers', fraction: 0.25 }).fraction).toBeNull();
  });
});

describe('whatever a node answers', () => {
  const names = ['currentBlock', 'highestBlock', ...SYNC_COUNTERS];
  const scalar = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map((count) => `0x${count.toString(16)}`),
    fc.nat().map((count) => `0x${count.toString(16)}`),
    fc.double(),
    fc.jsonValue(),
    fc.constant(undefined),
  );
  const object = fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: names.length });

  test('it is judged without an exception, and every fraction is within 0 and 1', () => {
    const answer = fc.oneof(object, object, scalar);
    const run = fc.property(answer, fc.jsonValue(), fc.jsonValue(), (value, head, peers) => {
      for (const latest of [head, GENESIS]) expect(typeof isHealthy(judge(value, latest, peers), 0)).toBe('boolean');
      const { syncing } = read(value);
      for (const phase of syncing ? phasesOf(syncing, 0) : []) {
        expect(phase.fraction === null || (phase.fraction >= 0 && phase.fraction <= 1)).toBe(true);
        expect([phase.done, phase.total ?? 0, phase.pending ?? 0].every((count) => count >= 0)).toBe(true);
      }
    });
    fc.assert(run, { numRuns: 2_000 });
  });
});
