import { describe, expect, test } from 'vitest';
import { executionNotes } from '../../../src/node/execution-notes.ts';
import { asksGethLog, isHealthy, judgeSync, type SyncEvidence } from '../../../src/node/sync-state.ts';
import { MINUTE, makeEvidence, makeRpcFacts } from '../make-evidence.ts';
import { NOW } from '../make-node.ts';

const HEAD = { number: 100, hash: '0xab', time: NOW - 9 * MINUTE };
const GENESIS = { ...HEAD, number: 0 };
const ALONE = makeRpcFacts({ head: HEAD, peers: 0 });
const STALE = { state: 'stale', ageMs: 9 * MINUTE } as const;
const SYNCING = { current: 0, highest: 38, indexing: 0, counters: {} };
const AT_GENESIS = makeRpcFacts({ head: GENESIS, peers: 1, syncing: SYNCING });
const said = (lines: readonly string[], age = 9_000) => lines.map((text) => ({ time: NOW - age, text }));

const TOLD = 'INFO [11-21|10:09:01.046] Forkchoice requested sync to new head    number=1,210 hash=a38be3..648659 finalized=1178';
const TOLD_JSON = '{"t":"2026-11-21T10:09:01Z","lvl":"info","msg":"Forkchoice requested sync to new head","number":1210,"hash":"0xa38b"}';
const TOLD_OLD = 'INFO [11-21|10:09:01.046] Forkchoice requested sync to new head    number=40 hash=a38be3..648659 finalized=32';
const REFUSED = 'WARN [11-21|10:01:07.300] Marked new chain head as invalid         hash=5ad1b2..f1c0aa badnumber=1 badhash=77ae01..0b9d3e';
const NOISE = 'INFO [11-21|10:01:09.000] Looking for peers                        peercount=0 tried=3 static=1';

describe('a geth without peers, whose head stands', () => {
  test.each([
    ['is cut off, having been told of a later block', {}, [NOISE, TOLD, NOISE], 'cut-off'],
    ['is cut off from its genesis on', { rpc: { ...ALONE, head: GENESIS } }, [TOLD], 'cut-off'],
    ['is cut off by a log in JSON', {}, [TOLD_JSON], 'cut-off'],
    ['is as it was where nobody told it of a block', {}, [NOISE], 'stale'],
    ['is as it was where it has the block it was told of', {}, [TOLD, TOLD_OLD], 'stale'],
    ['is as it was where it has a peer', { rpc: { ...ALONE, peers: 1 } }, [TOLD], 'stale'],
    ['is as it was where it does not tell its peers', { rpc: { ...ALONE, peers: undefined } }, [TOLD], 'stale'],
    ['is as it was when it has just started', { uptimeMs: MINUTE }, [TOLD], 'stale'],
    ['is judged by its consensus client where there is one', { beside: true }, [TOLD], 'stale'],
    ['is as it was where no consensus client leads its chain', { company: 'sealed' }, [TOLD], 'looking-for-peers'],
  ] as const)('%s', (_what, change, lines, state) => {
    const judged = judgeSync(makeEvidence({ rpc: ALONE, lines: said(lines), ...change }));
    expect(judged.state).toBe(state);
    if (judged.state === 'cut-off') expect(judged.told).toBe(1210);
  });
});

describe('a geth at the beginning of its chain', () => {
  test.each([
    ['refuses its blocks, whatever eth_syncing says', {}, [REFUSED, NOISE, REFUSED], 'refuses-blocks'],
    ['refuses its blocks, with a client beside it too', { beside: true }, [REFUSED, REFUSED], 'refuses-blocks'],
    ['refuses its blocks without peers too', { rpc: { ...ALONE, head: GENESIS } }, [REFUSED, REFUSED], 'refuses-blocks'],
    ['syncs where it says so once', {}, [REFUSED], 'syncing'],
    ['syncs where it was told of a head', {}, [TOLD, TOLD], 'syncing'],
    ['syncs when it has just started', { uptimeMs: MINUTE }, [REFUSED, REFUSED], 'syncing'],
    [
      'refuses its blocks at the first one too',
      { rpc: { ...AT_GENESIS, head: { ...HEAD, number: 1 } } },
      [REFUSED, REFUSED],
      'refuses-blocks',
    ],
    [
      'syncs where it is beyond the blocks that a snap sync needs',
      { rpc: { ...AT_GENESIS, head: { ...HEAD, number: 64 } } },
      [REFUSED, REFUSED],
      'syncing',
    ],
    ['is at its head where it follows', { rpc: makeRpcFacts({ head: { ...HEAD, number: 30, time: NOW } }) }, [REFUSED, REFUSED], 'at-head'],
  ] as const)('%s', (_what, change, lines, state) => {
    expect(judgeSync(makeEvidence({ rpc: AT_GENESIS, lines: said(lines), ...change })).state).toBe(state);
  });
});

test('what held it up a while ago is not taken for now', () => {
  const states = [
    judgeSync(makeEvidence({ rpc: ALONE, lines: said([TOLD], 2 * MINUTE) })),
    judgeSync(makeEvidence({ rpc: AT_GENESIS, lines: said([REFUSED, REFUSED], 6 * MINUTE) })),
  ];
  expect(states.map(({ state }) => state)).toEqual(['stale', 'syncing']);
});

test('the log is read where geth does not get on, whatever it answers', () => {
  const asks = (change: Partial<SyncEvidence>) => {
    const evidence = makeEvidence(change);
    return asksGethLog(judgeSync(evidence), evidence);
  };
  expect([asks({ rpc: { ...ALONE, head: GENESIS } }), asks({ rpc: AT_GENESIS })]).toEqual([true, true]);
  expect([asks({}), asks({ rpc: AT_GENESIS, uptimeMs: MINUTE }), asks({ rpc: AT_GENESIS, company: 'sealed' })]).toEqual([
    false,
    false,
    false,
  ]);
});

test.each([
  [{ state: 'cut-off', told: 1210 }, 'full', 'nodectl peers add office'],
  [{ state: 'refuses-blocks' }, 'snap', 'nodectl down office --volumes'],
  [{ state: 'refuses-blocks' }, 'snap', '--syncmode full'],
  [{ state: 'refuses-blocks' }, 'full', 'nodectl logs office'],
] as const)('%j in mode %s is a fault, with what to do: %s', (sync, mode, words) => {
  expect(isHealthy(sync, MINUTE)).toBe(false);
  expect(executionNotes('office', sync, mode).join()).toContain(words);
});

test('nothing is to be done where geth only waits', () => {
  expect(executionNotes('office', STALE, 'snap')).toEqual([]);
});
