import { describe, expect, test } from 'vitest';
import { type BeaconFacts, readBeaconFacts, slotsBehind } from '../../../src/node/consensus/beacon-facts.ts';
import { judgeClientShutdown } from '../../../src/node/consensus/client-shutdown.ts';
import { asksItsLog, type ConsensusEvidence, isConsensusHealthy, judgeConsensus } from '../../../src/node/consensus/judge-consensus.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const SLOT = 3_000;
/** A chain in its slot 1000. */
const CLOCK = { genesis: NOW - 1000 * SLOT, slotMs: SLOT };
const SYNC = { headSlot: 1000, distance: 0, isSyncing: false, isOptimistic: false, elOffline: false };
const BEACON: BeaconFacts = { syncing: SYNC, version: 'Prysm/v7.0.0', peers: 3, finalizedEpoch: 120, clock: CLOCK };
const RUNNING = { state: 'running', exitCode: 0, oomKilled: false, restartCount: 0 } as const;
const EVIDENCE: ConsensusEvidence = {
  container: RUNNING,
  uptimeMs: 60 * MINUTE,
  now: NOW,
  execution: { runs: true, uptimeMs: 60 * MINUTE, head: { number: 940, hash: '0xab', time: NOW - MINUTE }, peers: 3 },
  beacon: BEACON,
  lines: [],
};

const judge = (change: Partial<ConsensusEvidence>) => judgeConsensus({ ...EVIDENCE, ...change });
const saying = (sync: Partial<typeof SYNC>, change: Partial<BeaconFacts> = {}, lines: readonly string[] = []) =>
  judge({ beacon: { ...BEACON, ...change, syncing: { ...SYNC, ...sync } }, lines });

const UNAUTHENTICATED = 'level=error msg="HTTP status code error, your connection is not authenticated" prefix=execution';
const REFUSED = 'level=error msg="Could not connect to execution endpoint" error="dial tcp 172.18.0.2:8551: connect: connection refused"';

const PEER_GONE = 'level=error msg="failed to reconnect to peer" addrs=[/ip4/172.17.0.1/tcp/13000] error="connection refused"';

describe('a consensus client', () => {
  test.each([
    ['at the head follows', {}, {}, [], 'following'],
    ['a minute of short slots behind follows', { headSlot: 980, distance: 20 }, {}, [], 'following'],
    ['far behind and fetching syncs', { headSlot: 100, distance: 900, isSyncing: true }, {}, [], 'syncing'],
    ['far behind with peers, and content with itself, is frozen', { headSlot: 900, distance: 100 }, {}, [], 'frozen'],
    ['whose own count stands still with its head is frozen by the clock', { headSlot: 900, distance: 0 }, {}, [], 'frozen'],
    ['far behind without peers has none', { headSlot: 900, distance: 100 }, { peers: 0 }, [], 'no-peers'],
    ['that syncs from nobody has no peers', { headSlot: 0, distance: 1000, isSyncing: true }, { peers: 0 }, [], 'no-peers'],
    [
      'that waits for peers shortly after the genesis has none',
      { headSlot: 995, distance: 5, isSyncing: true, isOptimistic: true },
      { peers: 0 },
      [],
      'no-peers',
    ],
    ['at the head of a network of one follows', {}, { peers: 0 }, [], 'following'],
    ['that says that geth is away has no geth', { elOffline: true }, {}, [], 'execution-offline'],
    [
      'whose geth is away without its saying so has no geth by its log',
      { headSlot: 970, distance: 30 },
      {},
      [REFUSED],
      'execution-offline',
    ],
    ['with an old line about geth in its log, at the head, follows', {}, {}, [REFUSED], 'following'],
    ['with blocks that geth has not verified is optimistic', { isOptimistic: true }, {}, [], 'optimistic'],
    ['whose key geth refuses is not authenticated', { isOptimistic: true }, {}, [UNAUTHENTICATED], 'not-authenticated'],
    [
      'that fetches blocks far behind, and whose key geth refuses, is not authenticated',
      { isSyncing: true, headSlot: 1, distance: 400 },
      {},
      [UNAUTHENTICATED],
      'not-authenticated',
    ],
    [
      'that fetches blocks far behind is on its way, whatever it once said of geth',
      { isSyncing: true, headSlot: 1, distance: 400 },
      {},
      [REFUSED],
      'syncing',
    ],
    ['whose peer is gone has geth all the same', { isOptimistic: true }, {}, [PEER_GONE], 'optimistic'],
    ['is judged by its last trouble', { isOptimistic: true }, {}, [REFUSED, UNAUTHENTICATED], 'not-authenticated'],
    ['without a clock is judged by its own count', { headSlot: 1, distance: 0 }, { clock: undefined }, [], 'following'],
  ] as const)('%s', (_what, sync, change, lines, state) => {
    expect(saying(sync, change, lines).state).toBe(state);
  });

  test('whose geth does not run cannot reach it, whatever it says', () => {
    expect(judge({ execution: { ...EVIDENCE.execution, runs: false } }).state).toBe('execution-offline');
  });

  describe('that geth does not keep up with', () => {
    const OLD = { number: 1, hash: '0xab', time: NOW - 30 * MINUTE };
    const ALONE = { runs: true, uptimeMs: 60 * MINUTE, head: OLD, peers: 0 };
    const optimistic = { ...BEACON, syncing: { ...SYNC, isOptimistic: true } };
    test.each([
      ['and that has nobody to fetch its blocks from, says so', {}, {}, 'execution-alone'],
      ['from its genesis on, too', { head: { ...OLD, number: 0, time: 0 } }, {}, 'execution-alone'],
      ['also where the chain does not tell its clock', {}, { beacon: { ...optimistic, clock: undefined } }, 'execution-alone'],
      ['waits where geth has a peer', { peers: 1 }, {}, 'optimistic'],
      ['waits where geth does not tell its peers', { peers: undefined }, {}, 'optimistic'],
      ['waits where geth does not tell its head', { head: undefined }, {}, 'optimistic'],
      ['waits while geth has just started', { uptimeMs: MINUTE }, {}, 'optimistic'],
      ['waits while it has just started itself', {}, { uptimeMs: MINUTE }, 'optimistic'],
      ['waits where geth is a few slots behind it', { head: { ...OLD, time: NOW - 20 * SLOT } }, {}, 'optimistic'],
      [
        'waits where geth is as old as its own head',
        {},
        { beacon: { ...optimistic, syncing: { ...SYNC, isOptimistic: true, headSlot: 400, distance: 600 } } },
        'optimistic',
      ],
      ['follows where geth verifies all it gets', {}, { beacon: BEACON }, 'following'],
      ['has no geth where its log says so', {}, { lines: [REFUSED] }, 'execution-offline'],
    ] as const)('%s', (_what, geth, change, state) => {
      expect(judge({ beacon: optimistic, execution: { ...ALONE, ...geth }, ...change }).state).toBe(state);
    });
  });

  test.each([
    [undefined, 'missing'],
    [{ state: 'created' }, 'not-started'],
    [{ state: 'exited', exitCode: 0 }, 'stopped'],
    [{ state: 'exited', exitCode: 143 }, 'stopped'],
    [{ state: 'exited', exitCode: 137 }, 'dead'],
    [{ state: 'exited', exitCode: 0, oomKilled: true }, 'stopped'],
    [{ state: 'paused' }, 'paused'],
    [{ state: 'restarting', exitCode: 1 }, 'restarting'],
  ] as const)('whose container is %j is %s, and not healthy', (container, state) => {
    const judged = judge({ container: container && { ...RUNNING, ...container } });
    expect(judged.state).toBe(state);
    expect(isConsensusHealthy(judged, MINUTE, true)).toBe(false);
  });

  test('that does not answer is starting at first, and not when it keeps restarting', () => {
    const beacon = { failure: 'connect', message: 'refused' };
    expect(judge({ beacon, uptimeMs: MINUTE }).state).toBe('starting');
    expect(judge({ beacon, uptimeMs: 4 * MINUTE }).state).toBe('not-answering');
    expect(judge({ beacon, uptimeMs: MINUTE, container: { ...RUNNING, restartCount: 2 } }).state).toBe('not-answering');
  });
});

test.each([
  ['following', 60 * MINUTE, false, true],
  ['syncing', 60 * MINUTE, false, true],
  ['optimistic', 60 * MINUTE, true, true],
  ['optimistic', 60 * MINUTE, false, false],
  ['optimistic', MINUTE, false, true],
  ['no-peers', MINUTE, false, true],
  ['no-peers', 11 * MINUTE, false, false],
  ['frozen', MINUTE, false, false],
  ['execution-offline', MINUTE, false, false],
  ['not-authenticated', MINUTE, false, false],
  ['execution-alone', 3 * MINUTE, true, false],
] as const)('%s after %d ms, with geth syncing: %s, is healthy: %s', (state, uptime, syncing, healthy) => {
  expect(isConsensusHealthy({ state, distance: 0 } as ReturnType<typeof judgeConsensus>, uptime, syncing)).toBe(healthy);
});

test('a log is read only where the client is in trouble', () => {
  const asks = (sync: Partial<typeof SYNC>) => asksItsLog({ ...BEACON, syncing: { ...SYNC, ...sync } }, NOW);
  expect([asks({}), asks({ headSlot: 995, isSyncing: true })]).toEqual([false, false]);
  expect([asks({ headSlot: 900 }), asks({ headSlot: 900, isSyncing: true })]).toEqual([true, true]);
  expect([asks({ isOptimistic: true }), asks({ elOffline: true })]).toEqual([true, true]);
});

describe('what a client told', () => {
  const answers = {
    syncing: { data: { head_slot: '5', sync_distance: '1', is_syncing: true } },
    version: { data: { version: 'x\u001b[31m' } },
    spec: { data: { SECONDS_PER_SLOT: '3' } },
    genesis: { data: { genesis_time: '1800000000' } },
  };

  test('is read each by itself, and nothing of it can harm a terminal', () => {
    expect(readBeaconFacts(answers)).toEqual({
      syncing: { headSlot: 5, distance: 1, isSyncing: true, isOptimistic: undefined, elOffline: undefined },
      version: 'x [31m',
      peers: undefined,
      finalizedEpoch: undefined,
      clock: { genesis: NOW, slotMs: 3000 },
    });
  });

  test.each([
    [null],
    ['text'],
    [{ data: [] }],
    [{ data: { head_slot: 5 } }],
    [{ data: { head_slot: '-1', sync_distance: '0', is_syncing: false } }],
  ])('is nothing where it is %j', (syncing) => {
    expect(readBeaconFacts({ syncing }).syncing).toBeUndefined();
  });

  test('before the chain begins is no slot behind', () => {
    const facts = { ...BEACON, syncing: { ...SYNC, headSlot: 0 }, clock: { genesis: NOW + MINUTE, slotMs: SLOT } };
    expect(slotsBehind(facts, NOW)).toBe(0);
  });
});

test.each([
  [0, false, true],
  [143, false, true],
  [130, false, true],
  [137, false, false],
  [1, false, false],
  [0, true, false],
])('an end with code %d (out of memory: %s) is clean: %s', (exitCode, oom, clean) => {
  expect(judgeClientShutdown(exitCode, oom, 60)).toMatchObject({ clean, exitCode, evidence: expect.stringContaining(String(exitCode)) });
});
