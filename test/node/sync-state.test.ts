import { describe, expect, test } from 'vitest';
import type { RpcFacts } from '../../src/node/rpc-facts.ts';
import { asksGethLog, isHealthy, judgeSync, type SyncEvidence } from '../../src/node/sync-state.ts';
import { MINUTE, makeEvidence, makeRpcFacts } from './make-evidence.ts';
import { NOW } from './make-node.ts';

const EVIDENCE = makeEvidence();
const RUNNING = EVIDENCE.container;
const judge = (change: Partial<SyncEvidence>) => judgeSync(makeEvidence(change));
const answering = (rpc: Partial<RpcFacts>, change: Partial<SyncEvidence> = {}) => judge({ ...change, rpc: makeRpcFacts(rpc) });
const headAt = (number: number, ageMs: number) => ({ number, hash: '0xab', time: NOW - ageMs });

describe('a container that is not running', () => {
  test.each([
    [{ state: 'created' }, 'not-started'],
    [{ state: 'exited', exitCode: 0 }, 'stopped'],
    [{ state: 'exited', exitCode: 137 }, 'dead'],
    [{ state: 'exited', exitCode: 0, oomKilled: true }, 'stopped'],
    [{ state: 'dead', exitCode: 0 }, 'dead'],
    [{ state: 'paused' }, 'paused'],
    [{ state: 'restarting', exitCode: 1 }, 'restarting'],
  ] as const)('%j is %s, and not healthy', (container, state) => {
    const sync = judge({ container: { ...RUNNING, ...container } });
    expect(sync.state).toBe(state);
    expect(isHealthy(sync, 0)).toBe(false);
  });
});

describe('a node that ended in good order', () => {
  const LOW = {
    time: NOW,
    text: 'ERROR[11-21|20:12:49.268] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=400.00MiB path=/data/geth',
  };
  const ended = (change: Partial<SyncEvidence> = {}, exitCode = 0) =>
    judge({ container: { ...RUNNING, state: 'exited', exitCode }, ...change });

  test.each([
    ['for want of disk by its own words', { lines: [LOW, { time: NOW, text: 'INFO [11-21|20:12:50.1] Blockchain stopped' }] }, 'disk-low'],
    ['at its limit by what was noted', { lines: [], stoppedFor: 'storage-limit' }, 'storage-limit'],
    ['for want of disk where both are told', { lines: [LOW], stoppedFor: 'storage-limit' }, 'disk-low'],
    ['because somebody stopped it, where nothing is told', { lines: [] }, undefined],
  ] as const)('has stopped %s', (_why, change, reason) => {
    expect(ended(change)).toEqual(reason === undefined ? { state: 'stopped' } : { state: 'stopped', reason });
  });

  test('is worth a look at its log, and one that died or runs is not dead of its disk', () => {
    const container = { ...RUNNING, state: 'exited', exitCode: 0 } as const;
    expect(asksGethLog(ended(), makeEvidence({ container }))).toBe(true);
    expect(ended({ lines: [LOW] }, 1)).toEqual({ state: 'dead' });
    expect(judge({ lines: [LOW] }).state).not.toBe('stopped');
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
    ['indexing at a fresh head is at the head', { syncing: { current: 100, highest: 100, indexing: 7, counters: {} } }, 'at-head', true],
    ['a head of 4 minutes is at the head', { head: headAt(100, 4 * MINUTE) }, 'at-head', true],
    ['a head of 6 minutes is stale', { head: headAt(100, 6 * MINUTE) }, 'stale', false],
    ['eth_syncing false at genesis with peers waits for its consensus client', { head: headAt(0, 3e11) }, 'waiting-for-consensus', false],
    ['eth_syncing false at genesis with a fresh genesis is not at the head', { head: headAt(0, 1000) }, 'waiting-for-consensus', false],
    ['genesis without peers looks for peers', { head: headAt(0, 3e11), peers: 0 }, 'looking-for-peers', false],
    ['a sync under way', { syncing: { current: 50, highest: 100, indexing: 0, counters: {} }, head: headAt(50, 3e9) }, 'syncing', true],
    [
      'a sync without peers looks for peers',
      { syncing: { current: 50, highest: 100, indexing: 0, counters: {} }, peers: 0 },
      'looking-for-peers',
      false,
    ],
    [
      'a sync object that is done does not hide a stale head',
      { syncing: { current: 100, highest: 100, indexing: 0, counters: {} }, head: headAt(100, 3e9) },
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
      const syncing = { current: 5, highest: 90, indexing: 0, counters: {} };
      expect(answering({ head: old, peers: 1, syncing }, { company }).state).toBe('syncing');
    }
  });
});

test('tells how far a sync is and how old a stale head is', () => {
  expect(answering({ syncing: { current: 50, highest: 100, indexing: 0, counters: {} } })).toEqual({
    ...{ state: 'syncing', phase: 'chain', current: 50, highest: 100, pending: null },
  });
  expect(answering({ head: headAt(9, 10 * MINUTE) })).toEqual({ state: 'stale', ageMs: 10 * MINUTE });
});
