import { describe, expect, test } from 'vitest';
import { asksExecutionLog, type ExecutionDoubt, judgeByLog } from '../../src/node/execution-log.ts';
import { executionNotes } from '../../src/node/execution-notes.ts';
import type { RpcFacts } from '../../src/node/rpc-facts.ts';
import { isHealthy } from '../../src/node/sync-state.ts';

const MINUTE = 60_000;
const HEAD = { number: 100, hash: '0xab', time: 1_800_000_000_000 };
const GENESIS = { ...HEAD, number: 0 };
const RPC: RpcFacts = {
  syncing: false,
  head: HEAD,
  finalized: 32,
  peers: 0,
  clientVersion: 'Geth/v1.17.8',
  chainId: 4711,
  txpool: undefined,
  unanswered: [],
};
const STALE = { state: 'stale', ageMs: 9 * MINUTE } as const;
const DOUBT: ExecutionDoubt = { sync: STALE, rpc: RPC, company: 'consensus', uptimeMs: 60 * MINUTE, beside: false };
const SYNCING = { state: 'syncing', current: 0, highest: 38 } as const;
const AT_GENESIS: ExecutionDoubt = { ...DOUBT, sync: SYNCING, rpc: { ...RPC, head: GENESIS, peers: 1 } };

const TOLD = 'INFO [11-21|10:09:01.046] Forkchoice requested sync to new head    number=1,210 hash=a38be3..648659 finalized=1178';
const TOLD_JSON = '{"t":"2026-11-21T10:09:01Z","lvl":"info","msg":"Forkchoice requested sync to new head","number":1210,"hash":"0xa38b"}';
const TOLD_OLD = 'INFO [11-21|10:09:01.046] Forkchoice requested sync to new head    number=40 hash=a38be3..648659 finalized=32';
const REFUSED = 'WARN [11-21|10:01:07.300] Marked new chain head as invalid         hash=5ad1b2..f1c0aa badnumber=1 badhash=77ae01..0b9d3e';
const NOISE = 'INFO [11-21|10:01:09.000] Looking for peers                        peercount=0 tried=3 static=1';

describe('a geth without peers, whose head stands', () => {
  test.each([
    ['is cut off, having been told of a later block', {}, [NOISE, TOLD, NOISE], 'cut-off'],
    ['is cut off from its genesis on', { sync: { state: 'looking-for-peers' }, rpc: { ...RPC, head: GENESIS } }, [TOLD], 'cut-off'],
    ['is cut off by a log in JSON', {}, [TOLD_JSON], 'cut-off'],
    ['is as it was where nobody told it of a block', {}, [NOISE], 'stale'],
    ['is as it was where it has the block it was told of', {}, [TOLD, TOLD_OLD], 'stale'],
    ['is as it was where it has a peer', { rpc: { ...RPC, peers: 1 } }, [TOLD], 'stale'],
    ['is as it was where it does not tell its peers', { rpc: { ...RPC, peers: undefined } }, [TOLD], 'stale'],
    ['is as it was when it has just started', { uptimeMs: MINUTE }, [TOLD], 'stale'],
    ['is judged by its consensus client where there is one', { beside: true }, [TOLD], 'stale'],
    ['is as it was where no consensus client leads its chain', { company: 'sealed' }, [TOLD], 'stale'],
  ] as const)('%s', (_what, change, lines, state) => {
    const judged = judgeByLog({ ...DOUBT, ...change }, lines);
    expect(judged.state).toBe(state);
    if (judged.state === 'cut-off') expect(judged.told).toBe(1210);
  });
});

describe('a geth at the beginning of its chain', () => {
  test.each([
    ['refuses its blocks, whatever eth_syncing says', {}, [REFUSED, NOISE, REFUSED], 'refuses-blocks'],
    ['refuses its blocks, with a client beside it too', { beside: true }, [REFUSED, REFUSED], 'refuses-blocks'],
    ['refuses its blocks without peers too', { rpc: { ...RPC, head: GENESIS } }, [REFUSED, REFUSED], 'refuses-blocks'],
    ['syncs where it says so once', {}, [REFUSED], 'syncing'],
    ['syncs where it was told of a head', {}, [TOLD, TOLD], 'syncing'],
    ['syncs when it has just started', { uptimeMs: MINUTE }, [REFUSED, REFUSED], 'syncing'],
    ['refuses its blocks at the first one too', { rpc: { ...RPC, head: { ...GENESIS, number: 1 } } }, [REFUSED, REFUSED], 'refuses-blocks'],
    ['syncs where it is beyond the blocks that a snap sync needs', { rpc: { ...RPC, peers: 1 } }, [REFUSED, REFUSED], 'syncing'],
  ] as const)('%s', (_what, change, lines, state) => {
    expect(judgeByLog({ ...AT_GENESIS, ...change }, lines).state).toBe(state);
  });
});

test('a log is read only where geth does not get on', () => {
  const asks = (change: Partial<ExecutionDoubt>) => asksExecutionLog({ ...DOUBT, ...change });
  expect([asks({}), asksExecutionLog(AT_GENESIS)]).toEqual([true, true]);
  expect([asks({ sync: { state: 'at-head', indexing: 0 } }), asks({ rpc: { ...RPC, peers: 3 } }), asks({ beside: true })]).toEqual([
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
