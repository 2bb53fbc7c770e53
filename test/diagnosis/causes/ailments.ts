import type { ConsensusStatus } from '../../../src/node/consensus/consensus-status.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import { makeSpec, NOW } from '../../node/make-node.ts';
import { END, kernel, makeRunning, OTHER_ID, oomKill, START, said } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const ill = (state: string, more: object = {}) => ({ sync: { state, ...more } as never, healthy: false });
const words = { sync: { state: 'waiting-for-consensus', reason: 'it has no consensus client' }, healthy: false } as const;
function beside(state: ConsensusStatus['state'], healthy = false): ConsensusStatus {
  const nothing = { container: null, limits: null, use: null, answersAs: null, peers: null, headSlot: null, syncDistance: 40 };
  const rest = { finalizedEpoch: null, elOffline: null, optimistic: null, restEndpoint: 'http://127.0.0.1:5052' };
  return { client: 'prysm', image: { ref: 'prysm', id: null }, state, healthy, ...nothing, ...rest };
}

/** Programs that run, well or not. */
export const AILMENTS: readonly CauseRow[] = [
  ['runs and is well', 'well', 0, 'certain', makeRunning({})],
  ['runs and was not asked', 'well', 0, 'possible', makeRunning(null)],
  [
    'a child was killed, geth lives',
    'oom.child',
    3,
    'certain',
    makeRunning({}, { container: { oomKilled: true }, kernel: kernel(oomKill({ pid: 9000, at: NOW - 900_000 })) }),
  ],
  ['no consensus client', 'chain.no-consensus', 28, 'certain', makeRunning(words)],
  [
    'no consensus client, not asked',
    'chain.no-consensus',
    28,
    'likely',
    makeRunning(null, { signed: [said('no-consensus', 'Post-merge network, but no beacon client seen.', NOW - 60_000)] }),
  ],
  [
    "no consensus client, of a stranger's geth that says so",
    'chain.no-consensus',
    28,
    'likely',
    makeRunning(
      { sync: { state: 'looking-for-peers' }, healthy: true },
      {
        ...{ node: null, spec: null },
        signed: [said('no-consensus', 'Beacon client online, but no consensus updates received in a while.', NOW - 20_000)],
      },
    ),
  ],
  [
    'no consensus client, of a node made without any that says so',
    'chain.no-consensus',
    28,
    'certain',
    makeRunning(
      { sync: { state: 'looking-for-peers' }, healthy: true },
      {
        spec: makeSpec({ consensus: null }),
        signed: [said('no-consensus', 'Beacon client online, but no consensus updates received in a while.', NOW - 20_000)],
      },
    ),
  ],
  [
    'its consensus client is dead',
    'chain.no-consensus',
    28,
    'certain',
    makeRunning({ sync: { state: 'stale', ageMs: 900_000 }, healthy: false, consensus: beside({ state: 'dead' }) }),
  ],
  [
    'consensus client without the key',
    'chain.no-consensus',
    28,
    'certain',
    makeRunning({ ...words, consensus: beside({ state: 'not-authenticated' }) }, { role: 'consensus' }),
  ],
  ['no peers', 'chain.no-peers', 28, 'certain', makeRunning(ill('looking-for-peers'))],
  ['cut off', 'chain.no-peers', 28, 'certain', makeRunning(ill('cut-off', { told: 900 }))],
  ['stale head', 'chain.stale', 28, 'certain', makeRunning(ill('stale', { ageMs: 900_000 }))],
  [
    'stalled sync',
    'chain.stale',
    28,
    'certain',
    makeRunning(ill('stalled', { phase: 'state', forMs: 900_000, reason: 'no more accounts' })),
  ],
  ['refuses blocks', 'chain.refuses-blocks', 28, 'certain', makeRunning(ill('refuses-blocks'))],
  [
    'bad blocks by its log',
    'chain.refuses-blocks',
    28,
    'likely',
    makeRunning(ill('stale', { ageMs: 900_000 }), { signed: [said('bad-block', '########## BAD BLOCK #########', NOW - 20_000)] }),
  ],
  [
    'wedged after a kill',
    'chain.wedged',
    28,
    'likely',
    makeRunning(
      { ...ill('stale', { ageMs: 900_000 }), consensus: beside({ state: 'optimistic', distance: 40 }) },
      { signed: [said('state-lost', 'Head state missing, repairing number=149', START + 2000)] },
    ),
  ],
  [
    'wedged, seen from the client',
    'chain.wedged',
    28,
    'likely',
    makeRunning(
      { ...ill('stale', { ageMs: 900_000 }), consensus: beside({ state: 'execution-alone' }) },
      {
        role: 'consensus',
        journal: [
          {
            time: END,
            kind: 'death',
            data: {
              id: OTHER_ID,
              name: 'nodectl-dev',
              startedAt: START,
              endedAt: END,
              exitCode: 137,
              verdict: 'kill.engine',
              code: 22,
              confidence: 'certain',
              meaning: 'Somebody killed it.',
            },
          },
        ],
      },
    ),
  ],
  [
    'does not answer yet, after a restart by the engine',
    'well',
    0,
    'likely',
    makeRunning(ill('not-answering', { reason: 'socket hang up' }), { container: { startedAt: NOW - 2000, restartCount: 1 } }),
  ],
  ['does not answer', 'chain.silent', 28, 'certain', makeRunning(ill('not-answering', { reason: 'timeout' }))],
  ['servers that lie', 'chain.upstream', 28, 'certain', makeRunning(ill('upstream-lies', { reason: 'bad proof' }), { role: 'light' })],
  ['another chain at its port', 'database.foreign', 26, 'likely', makeRunning(ill('wrong-chain', { chainId: 5 }))],
  ['paused', 'chain.paused', 28, 'certain', makeRunning(null, { container: { state: 'paused' } })],
  [
    'memory nearly full',
    'trend.memory',
    3,
    'likely',
    makeRunning(
      {},
      {
        counters: { oomKills: 0, limitHits: 9, peakBytes: null, memoryBytes: GIB, swapBytes: GIB - 8 * MIB, memoryPressure: null, at: NOW },
      },
    ),
  ],
  [
    'swap thrash',
    'trend.swap',
    3,
    'likely',
    makeRunning(
      {},
      { counters: { oomKills: 0, limitHits: 9, peakBytes: null, memoryBytes: GIB, swapBytes: 300 * MIB, memoryPressure: 0.6, at: NOW } },
    ),
  ],
  [
    'disk in two days',
    'trend.disk',
    3,
    'likely',
    makeRunning(
      {},
      {
        host: { diskFree: 20 * GIB, diskTotal: 80 * GIB },
        container: { startedAt: NOW - 172_800_000 },
        journal: [{ time: NOW - 86_400_000, kind: 'disk', data: { source: '/dev/sda1', total: 80 * GIB, free: 30 * GIB } }],
      },
    ),
  ],
  [
    'disk low by its log',
    'trend.disk',
    3,
    'certain',
    makeRunning({}, { signed: [said('disk-running-low', 'Disk space is running low.', NOW - 20_000)] }),
  ],
];
