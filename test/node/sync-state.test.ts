import { describe, expect, test } from 'vitest';
import type { RpcFacts } from '../../src/node/rpc-facts.ts';
import { isHealthy, judgeSync, type SyncEvidence } from '../../src/node/sync-state.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const HASH = '0xab';
const RPC: RpcFacts = {
  syncing: false,
  head: { number: 100, hash: HASH, time: NOW - 12_000 },
  finalized: 60,
  peers: 8,
  clientVersion: 'Geth/v1.17.10',
  chainId: 1,
  txpool: undefined,
  unanswered: [],
};
const RUNNING = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;
const EVIDENCE: SyncEvidence = { container: RUNNING, uptimeMs: 60 * MINUTE, now: NOW, company: 'consensus', chainId: 1, rpc: RPC };

const judge = (change: Partial<SyncEvidence>) => judgeSync({ ...EVIDENCE, ...change });
const answering = (rpc: Partial<RpcFacts>, change: Partial<SyncEvidence> = {}) => judge({ ...change, rpc: { ...RPC, ...rpc } });
const headAt = (number: number, ageMs: number) => ({ number, hash: HASH, time: NOW - ageMs });

describe('a container that is not running', () => {
  test.each([
    [{ state: 'created' }, 'not-started'],
    [{ state: 'exited', exitCode: 0 }, 'stopped'],
    [{ state: 'exited', exitCode: 137 }, 'dead'],
    [{ state: 'exited', exitCode: 0, oomKilled: true }, 'dead'],
    [{ state: 'dead', exitCode: 0 }, 'dead'],
    [{ state: 'paused' }, 'paused'],
    [{ state: 'restarting', exitCode: 1 }, 'restarting'],
  ] as const)('%j is %s, and not healthy', (container, state) => {
    const sync = judge({ container: { ...RUNNING, ...container } });
    expect(sync.state).toBe(state);
    expect(isHealthy(sync, 0)).toBe(false);
  });
});

describe('a node whose RPC is silent', () => {
  const refused = { failure: 'connect', message: 'ECONNREFUSED' };
  test.each([
    ['is starting in its first minute', { uptimeMs: 5000, rpc: refused }, 'starting', true],
    ['does not answer after it', { uptimeMs: 2 * MINUTE, rpc: refused }, 'not-answering', false],
    [
      'does not pass for starting when it keeps restarting',
      { uptimeMs: 5000, rpc: refused, container: { ...RUNNING, restartCount: 3 } },
      'not-answering',
      false,
    ],
    [
      'does not pass for starting when it accepts and hangs',
      { uptimeMs: 5000, rpc: { failure: 'timeout', message: '' } },
      'not-answering',
      false,
    ],
  ] as const)('%s', (_name, change, state, healthy) => {
    const sync = judge(change);
    expect(sync.state).toBe(state);
    expect(isHealthy(sync, change.uptimeMs)).toBe(healthy);
  });
});

describe('a node on a public network', () => {
  test.each([
    ['a fresh head is at the head', {}, 'at-head', true],
    ['indexing at a fresh head is at the head', { syncing: { current: 100, highest: 100, indexing: 7 } }, 'at-head', true],
    ['a head of 4 minutes is at the head', { head: headAt(100, 4 * MINUTE) }, 'at-head', true],
    ['a head of 6 minutes is stale', { head: headAt(100, 6 * MINUTE) }, 'stale', false],
    ['eth_syncing false at genesis with peers waits for its consensus client', { head: headAt(0, 3e11) }, 'waiting-for-consensus', false],
    ['eth_syncing false at genesis with a fresh genesis is not at the head', { head: headAt(0, 1000) }, 'waiting-for-consensus', false],
    ['genesis without peers looks for peers', { head: headAt(0, 3e11), peers: 0 }, 'looking-for-peers', false],
    ['a sync under way', { syncing: { current: 50, highest: 100, indexing: 0 }, head: headAt(50, 3e9) }, 'syncing', true],
    ['a sync without peers looks for peers', { syncing: { current: 50, highest: 100, indexing: 0 }, peers: 0 }, 'looking-for-peers', false],
    [
      'a sync object that is done does not hide a stale head',
      { syncing: { current: 100, highest: 100, indexing: 0 }, head: headAt(100, 3e9) },
      'stale',
      false,
    ],
    ['no word on syncing is judged by the head', { syncing: undefined, head: headAt(100, 3e9) }, 'stale', false],
    ['no word on peers does not matter at the head', { peers: undefined }, 'at-head', true],
    ['no head is no answer', { head: undefined }, 'not-answering', false],
    ['another chain is the wrong one', { chainId: 5 }, 'wrong-chain', false],
  ] as const)('%s', (_name, rpc, state, healthy) => {
    const sync = answering(rpc);
    expect(sync.state).toBe(state);
    expect(isHealthy(sync, EVIDENCE.uptimeMs)).toBe(healthy);
  });

  test('is healthy while it looks for peers shortly after its start, and no longer', () => {
    const sync = answering({ head: headAt(0, 3e11), peers: 0 });
    expect([isHealthy(sync, MINUTE), isHealthy(sync, 11 * MINUTE)]).toEqual([true, false]);
  });
});

test('a chain of its own is at its head whatever its age and without peers', () => {
  const alone = { company: 'alone', chainId: 1337 } as const;
  expect(answering({ chainId: 1337, peers: 0, head: headAt(0, 3e11) }, alone).state).toBe('at-head');
  expect(answering({ chainId: 1337, peers: undefined, head: headAt(40, 3e9) }, alone).state).toBe('at-head');
});

describe('a chain of sealers, whose blocks may rest', () => {
  const old = headAt(40, 3e9);

  test('is followed at its head however old that is, while there are peers', () => {
    expect(answering({ head: old, peers: 1 }, { company: 'sealed' }).state).toBe('at-head');
  });

  test('is not followed without peers, nor at the genesis, however many there are', () => {
    expect(answering({ head: old, peers: 0 }, { company: 'sealed' }).state).toBe('looking-for-peers');
    expect(answering({ head: headAt(0, 3e11), peers: 1 }, { company: 'sealed' }).state).toBe('looking-for-peers');
  });

  test('has its head where a sealer is, also without peers', () => {
    expect(answering({ head: headAt(0, 3e11), peers: 0 }, { company: 'sealing' }).state).toBe('at-head');
  });

  test('is being fetched while geth says so, whoever asks', () => {
    for (const company of ['sealed', 'sealing'] as const) {
      const syncing = { current: 5, highest: 90, indexing: 0 };
      expect(answering({ head: old, peers: 1, syncing }, { company }).state).toBe('syncing');
    }
  });
});

test('tells how far a sync is and how old a stale head is', () => {
  expect(answering({ syncing: { current: 50, highest: 100, indexing: 0 } })).toEqual({ state: 'syncing', current: 50, highest: 100 });
  expect(answering({ head: headAt(9, 10 * MINUTE) })).toEqual({ state: 'stale', ageMs: 10 * MINUTE });
});
